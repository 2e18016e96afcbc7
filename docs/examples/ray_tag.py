"""Tag a table of postings with Ray Data: python ray_tag.py IN.parquet OUT_DIR

The cluster's Python needs skillsift, pandas and pyarrow.
"""

import sys

import pandas as pd
import ray
import ray.data

from skillsift import Tagger


class Tag:
    """An actor: it builds one tagger and keeps it."""

    def __init__(self) -> None:
        self.tagger = Tagger()

    def __call__(self, batch: pd.DataFrame) -> pd.DataFrame:
        """A batch with the result columns behind its own."""
        return pd.concat([batch, self.tagger.tag_frame(batch, text="description", title="title")], axis=1)


if __name__ == "__main__":
    ray.init()
    postings = ray.data.read_parquet(sys.argv[1])
    # A core is left for reading and writing: actors that hold them all would wait for their input for ever.
    actors = max(1, int(ray.cluster_resources()["CPU"]) - 1)
    postings.map_batches(Tag, batch_format="pandas", batch_size=1000, concurrency=actors).write_parquet(sys.argv[2])
