"""Starting points: from a verdict to a script, a template or a configuration to begin with.

A builder for each option turns the person's answers into resources in the words of AWS's APIs
(``serving``, ``scaling``, ``rollouts``); three renderers write them (``script`` for boto3,
``template`` for CloudFormation, ``terraform``). Numbers come from facts.
"""

OPTIONS = (
    "real-time-endpoint",
    "serverless-inference",
    "serverless-provisioned-concurrency",
    "async-inference",
    "batch-transform",
    "single-model-endpoint",
    "multi-model-endpoint",
    "multi-container-endpoint",
    "serial-inference-pipeline",
    "inference-components",
    "all-at-once",
    "blue-green",
    "canary",
    "linear",
    "rolling",
    "ab-test",
    "shadow-test",
    "auto-scaling",
)
"""The options that have one; ``start.PLANS`` builds them, and is imported when one is asked for."""

FORMS = ("boto3", "cloudformation", "terraform")
