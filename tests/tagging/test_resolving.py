"""Which candidates count: other senses, fields of study, titles, boilerplate, longer matches, techniques told in open wording."""

from __future__ import annotations

import pytest

from skillsift import Tagger

# (text, a skill, whether it is named, why)
SENSES = [
    ("We run Spark jobs on a cluster.", "apache-spark", True, "Spark, the engine"),
    ("Experience with Apache Spark.", "apache-spark", True, "with its full name"),
    ("PySpark all day.", "apache-spark", True, "PySpark is Spark"),
    ("You spark joy in your colleagues.", "apache-spark", False, "spark, the verb"),
    ("Talks that spark new ideas.", "apache-spark", False, "the verb again"),
    ("We keep our code in Git.", "git", True, "Git, the tool"),
    ("We review pull requests on GitHub.", "git", True, "GitHub, the tool"),
    ("Experience with GitLab.", "git", True, "GitLab, the tool"),
    ("GitHub Actions run our checks.", "continuous-integration", True, "GitHub Actions are continuous integration"),
    ("Computer vision (CV) models.", "computer-vision", True, "CV beside its long form"),
    ("Send us your CV by Friday.", "computer-vision", False, "CV, the paper"),
    ("Apply with a CV and a cover letter.", "computer-vision", False, "CV, the paper, with a letter"),
    ("Experience in NLP and CV.", "computer-vision", True, "CV beside NLP"),
    ("Linear and logistic regression.", "regression", True, "regression, the method"),
    ("You write regression tests.", "regression", False, "regression, the software's"),
    ("Regression testing of each release.", "regression", False, "regression testing"),
    ("Regression testing of each release.", "software-testing", True, "it is testing of software"),
    ("Models for classification and clustering.", "classification", True, "classification, the method"),
    ("Job classification: exempt.", "classification", False, "classification, of jobs"),
    ("Security classification of documents.", "classification", False, "classification, of secrets"),
    ("FLSA classification: non-exempt", "classification", False, "classification, by law"),
    ("Run A/B testing of prices.", "software-testing", False, "A/B testing"),
    ("Drug testing is part of hiring.", "software-testing", False, "drug testing"),
    ("Design hypothesis testing for trials.", "software-testing", False, "hypothesis testing"),
    ("Plan user testing with riders.", "software-testing", False, "user testing"),
    ("Write unit tests for it.", "software-testing", True, "unit tests"),
    ("Test automation with care.", "software-testing", True, "test automation"),
    ("Train a CNN model on images.", "neural-networks", True, "CNN, the network"),
    ("As seen on CNN and in the papers.", "neural-networks", False, "CNN, the channel"),
    ("LSTM and RNN models.", "neural-networks", True, "LSTM and RNN"),
    ("Transformer architectures such as BERT.", "transformer-models", True, "transformers, the models"),
    ("Repair electrical transformers in the field.", "transformer-models", False, "transformers, electrical"),
    ("Prune trees in the park, a pruning job.", "pruning", False, "pruning, of trees"),
    ("Distillation of whisky.", "knowledge-distillation", False, "distillation, of spirits"),
    ("Central Java is where the plant stands.", "java", False, "Java, the island"),
    ("Our humour owes a lot to Monty Python.", "python", False, "Python, the troupe"),
    ("Track experiments in Neptune, beside MLflow.", "neptune", True, "Neptune, the tracker"),
    ("From here one can see Neptune through a telescope.", "neptune", False, "Neptune, the planet"),
    ("You know machine learning algorithms.", "algorithms", False, "algorithms, of machine learning"),
    ("You know machine learning algorithms.", "machine-learning", True, "that is machine learning"),
    ("Algorithms and data structures.", "algorithms", True, "algorithms, the subject"),
    ("Immigration documentation is on us.", "documentation", False, "documentation, of immigration"),
    ("Write technical documentation.", "documentation", True, "documentation, of the work"),
    ("Kubernetes and Docker on Linux.", "shell-scripting", False, "Linux alone is no shell scripting"),
    ("You write bash scripts.", "shell-scripting", True, "bash scripts"),
    ("MySQL and Postgres.", "sql", False, "MySQL alone is no SQL"),
    ("Microsoft SQL Server and Oracle.", "sql", False, "nor is another server"),
    ("Queries in T-SQL on SQL Server.", "sql", True, "its dialect is"),
    ("Coding tools (Copilot, ChatGPT).", "large-language-models", False, "one coding tool among others"),
    ("Prompts for ChatGPT.", "large-language-models", True, "the model itself"),
    ("Pipelines for inference, monitoring and rollback.", "model-monitoring", True, "monitoring beside inference"),
    ("A modern client-side architecture.", "system-design", True, "an architecture of software"),
    ("Machine learning in production.", "machine-learning", True, "what runs in production is named too"),
    ("Machine learning in production.", "model-deployment", True, "and so is that it runs there"),
    ("Machine learning in production lines of factories.", "model-deployment", False, "another production"),
    ("Data engineering best practices.", "software-engineering", False, "those of another trade"),
    ("Statistical software skills.", "software-engineering", False, "software that is used"),
    ("Parse documents and policies.", "documentation", False, "documents, the noun"),
    ("Coding, deployment, monitoring.", "model-monitoring", False, "no model is near"),
    ("Amazon's cloud services and AWS.", "aws", True, "a possessive"),
    ("SQL Server stored procedures.", "sql", True, "what is written for the server"),
    ("Apprentissage automatique en production.", "machine-learning", True, "French"),
    ("Aprendizaje automático.", "machine-learning", True, "Spanish"),
    ("Erfahrung mit Künstlicher Intelligenz.", "artificial-intelligence", True, "German"),
    ("Processamento de linguagem natural.", "natural-language-processing", True, "Portuguese"),
    ("Reti neurali.", "neural-networks", True, "Italian"),
    ("Google Cloud SQL.", "sql", False, "nor one in the cloud"),
    ("Pipelines on Dataflow.", "google-cloud", True, "Dataflow, Google's"),
    ("Draw the dataflow of the plant.", "google-cloud", False, "dataflow, the word"),
    ("Drivers for embedded devices.", "edge-deployment", False, "embedded devices without models"),
    ("Ports models to embedded devices.", "edge-deployment", True, "and with them"),
    ("Normalizing data structures in relational stores.", "data-structures", False, "structures of tables"),
    ("Versioning of code in an SCM such as Git.", "version-control", True, "SCM beside Git"),
    ("SCM and logistics.", "version-control", False, "SCM, the supply chain"),
    ("Work unsupervised or with a team.", "unsupervised-learning", False, "unsupervised, of people"),
    ("PyTorch, Transformers, LangChain.", "langchain", True, "a neighbour takes nothing from it"),
    ("Machine/deep learning skills.", "machine-learning", True, "two in one word"),
    ("Machine/deep learning skills.", "deep-learning", True, "and the other"),
    ("Integrate models into our existing products.", "model-deployment", True, "models into products"),
    ("EC2 and Lambda on AWS.", "aws", True, "AWS services"),
    ("BigQuery at scale.", "google-cloud", True, "BigQuery is Google's"),
    ("A step function impact on sales.", "aws", False, "a step function, the idiom"),
    ("Step Functions and Fargate.", "aws", True, "and the service"),
    ("Encryption algorithms in transit.", "algorithms", False, "algorithms, of encryption"),
    ("AWS SageMaker", "aws", True, "SageMaker with AWS named gives both"),
    ("AWS SageMaker", "amazon-sagemaker", True, "and SageMaker"),
    ("SageMaker pipelines", "aws", False, "SageMaker alone does not give AWS"),
    ("Power BI dashboards", "data-visualization", True, "dashboards"),
    ("Triton serves the models.", "model-serving", True, "Triton is serving"),
    ("RLHF in practice.", "reinforcement-learning", True, "RLHF is reinforcement learning"),
    ("FastAPI services", "api-development", True, "FastAPI is API development"),
    ("A distributed system of parts.", "system-design", True, "distributed systems are system design"),
    ("Combine data streams from many shops.", "stream-processing", False, "data streams, of any kind"),
    ("Read real-time data streams.", "stream-processing", True, "real-time ones"),
    ("A human-led design of parts.", "technical-leadership", False, "led, by humans"),
    ("Linux command line.", "shell-scripting", True, "a command line"),
]

STUDY = [
    ("BS in Statistics or Computer Science.", {"statistics"}, "a field of study behind its degree"),
    ("Bachelor's degree in Statistics, Mathematics or a related field.", {"statistics", "mathematics"}, "a list of fields"),
    ("PhD in machine learning or artificial intelligence", {"machine-learning", "artificial-intelligence"}, "a doctor's field"),
    ("A bachelor's in statistics or mathematics.", {"statistics", "mathematics"}, "without the word degree"),
    ("A statistics or mathematics degree.", {"statistics", "mathematics"}, "fields before the degree"),
    ("Master's in Data Science with 3 years of work.", {"data-science"}, "up to the years"),
    ("BS or above in Statistics, Data Science", {"statistics", "data-science"}, "or above"),
    ("Degree must be in Mathematics, Statistics", {"mathematics", "statistics"}, "must be in"),
    ("Licenciatura en Inteligencia Artificial", {"artificial-intelligence"}, "Spanish"),
    ("A degree in a field such as:\nStatistics\nApplied Mathematics", {"statistics", "mathematics"}, "a field a line"),
    ("HelloB.S. in Mathematics or Statistics", {"mathematics", "statistics"}, "a degree glued to a word"),
]

STUDY_OVER = [
    ("BS in Statistics with 3 years of Python.", "python", "what follows the years is a skill"),
    ("BS in Physics and strong machine learning skills.", "machine-learning", "strong … skills"),
    ("Strong background in statistics.", "statistics", "no degree clause at all"),
    ("PhD in Physics. Knowledge of statistics.", "statistics", "the next sentence"),
    ("BS degree; statistics at work", "statistics", "behind a semicolon"),
    ("A degree in one of:\nPhysics\nPython\nStatistics", "statistics", "a line that is no field ends the list"),
    ("Expertise in the following fields:\nMachine learning\nStatistics", "machine-learning", "fields of work"),
    ("A degree in one of:\nPhysics\nStatistics experience", "statistics", "nor is a line that goes on"),
    ("Experience in related fields such as statistics.", "statistics", "experience, not study"),
]

BOILERPLATE = [
    ("Equal Opportunity\nMachine learning is for people of any age.", "machine-learning", "boilerplate", "under its heading"),
    (
        "We do not discriminate on the basis of age; machine learning screens nobody out.",
        "machine-learning", "boilerplate", "a sentence of equal opportunity",
    ),
    ("Do you have experience in Python? Yes No", "python", "boilerplate", "a job board's questions"),
    ("A learning budget for Python.", "python", "boilerplate", "a perk in a sentence"),
    ("See https://pebble.example/python for more.", "python", "web address", "an address"),
    ("Write to python@pebble.com soon.", "python", "web address", "an e-mail address"),
    ("BS in Statistics.", "statistics", "field of study", "a field of study"),
    ("Generative AI at work.", "artificial-intelligence", "inside a longer match", "a longer wording"),
    ("We don't use Java.", "java", "negated", "a negation"),
    ("You write JavaScript, or Java Script.", "java", "other sense", "a longer phrase swallows it"),
    ("We sit with our machine learning engineers.", "machine-learning", "other sense", "a job title"),
]  # fmt: skip

TITLES = [
    ("Our Data Scientists sit by the window.", "data-science", False, "a title is no field"),
    ("As a Machine Learning Engineer you sit by the window.", "machine-learning", False, "a title is no field"),
    ("Talk to the ML engineers.", "machine-learning", False, "short"),
    ("Machine learning is what we do.", "machine-learning", True, "the field itself"),
    ("Data science is a team here.", "data-science", True, "the field itself"),
]

TOLD = [
    ("Deploy models.", "model-deployment", True, "a verb and its object"),
    ("Deploy and maintain our fraud models.", "model-deployment", True, "some words between"),
    ("You deploy machine-learning models to phones.", "model-deployment", True, "a longer object"),
    ("Model training, evaluation and deployment.", "model-deployment", True, "an object and a list of nouns"),
    ("Model training, evaluation and deployment.", "model-evaluation", True, "every noun of it"),
    ("Model training, evaluation and deployment.", "model-training", True, "and the first"),
    ("Deploy code that helps to improve our models.", "model-deployment", False, "another clause between"),
    ("Deploy it. Models come later.", "model-deployment", False, "a sentence between"),
    ("Train people to look at models.", "model-training", False, "people are trained, models are looked at"),
    ("Train large language models.", "model-training", True, "training of models"),
    ("Training courses for new staff.", "model-training", False, "training of people"),
    ("Build and develop models.", "model-training", False, "building is not training"),
    ("Monitor models in production.", "model-monitoring", True, "monitoring"),
    ("Our business models are deployed world-wide.", "model-deployment", False, "models that nobody trains"),
    ("Mentor junior engineers.", "mentoring", True, "mentoring"),
    ("Clean and prepare data.", "data-preprocessing", True, "cleaning data"),
]

LONGEST = [
    ("generative AI", {"generative-ai"}, "the longer wording leaves no AI behind"),
    ("deep learning", {"deep-learning"}, "nor learning"),
    ("text classification", {"text-classification"}, "nor classification"),
    ("computer vision and machine learning", {"computer-vision", "machine-learning"}, "side by side both count"),
    ("AI/ML", {"artificial-intelligence", "machine-learning"}, "and so beside a slash"),
    ("Python Python Python", {"python"}, "one skill, named thrice"),
]


@pytest.mark.parametrize(
    ("text", "id_", "named", "why"),
    [pytest.param(*row, id=f"{row[1]}: {row[3]}") for row in (*SENSES, *TITLES, *TOLD)],
)
def test_whether_a_skill_is_named(tagger: Tagger, text: str, id_: str, named: bool, why: str) -> None:
    assert id_ in tagger.vocabulary.concepts
    assert (id_ in {skill.id for skill in tagger.tag(text).skills}) is named, why


@pytest.mark.parametrize(("text", "fields", "why"), STUDY, ids=[row[2] for row in STUDY])
def test_a_field_of_study_is_no_skill(tagger: Tagger, text: str, fields: set[str], why: str) -> None:
    tagged = tagger.tag(text)
    assert {skill.id for skill in tagged.skills}.isdisjoint(fields), why
    assert {candidate.id for candidate in tagged.dropped if candidate.because == "field of study"} == fields


@pytest.mark.parametrize(("text", "id_", "why"), STUDY_OVER, ids=[row[2] for row in STUDY_OVER])
def test_where_the_fields_of_study_end(tagger: Tagger, text: str, id_: str, why: str) -> None:
    assert id_ in {skill.id for skill in tagger.tag(text).skills}, why


@pytest.mark.parametrize(("text", "id_", "because", "why"), BOILERPLATE, ids=[row[3] for row in BOILERPLATE])
def test_what_was_dropped_is_kept_with_its_reason(tagger: Tagger, text: str, id_: str, because: str, why: str) -> None:
    tagged = tagger.tag(text)
    assert id_ not in {skill.id for skill in tagged.skills}
    reasons = [candidate.because for candidate in tagged.dropped if candidate.id == id_]
    assert reasons, why
    assert all(reason.startswith(because) for reason in reasons), reasons


@pytest.mark.parametrize(("text", "expected", "why"), LONGEST, ids=[row[0] for row in LONGEST])
def test_the_longest_wording_counts(tagger: Tagger, text: str, expected: set[str], why: str) -> None:
    assert {skill.id for skill in tagger.tag(text).skills} == expected, why
