"""Tag a table of postings with Spark: python spark_tag.py IN.parquet OUT_DIR

The cluster's Python needs skillsift, pandas and pyarrow.
"""

import sys
from collections.abc import Iterator

import pandas as pd
from pyspark.sql import DataFrame, SparkSession

from skillsift import Tagger
from skillsift.tagging.frame import DTYPES

#: Spark wants the columns beforehand; tag_frame's never change.
SPARK_TYPES = {"string": "string", "Int64": "bigint", "Float64": "double"}
RESULT = ", ".join(f"{column} {SPARK_TYPES[dtype]}" for column, dtype in DTYPES.items())


def tag_partition(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """A partition comes as a run of frames: one tagger for all of them."""
    tagger = Tagger()
    for frame in frames:
        yield pd.concat([frame, tagger.tag_frame(frame, text="description", title="title")], axis=1)


def tag(postings: DataFrame) -> DataFrame:
    """The table with the result columns behind its own."""
    own = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in postings.schema)
    return postings.mapInPandas(tag_partition, f"{own}, {RESULT}")


if __name__ == "__main__":
    spark = SparkSession.builder.appName("skillsift").getOrCreate()
    tag(spark.read.parquet(sys.argv[1])).write.parquet(sys.argv[2])
    spark.stop()
