"""A person's answers as settings: numbers in the API's units, never beyond a limit of AWS."""

import math
from dataclasses import dataclass

from checker.formatting import spell_measure
from checker.knowledge.answers import Answer
from checker.knowledge.model import Knowledge
from checker.knowledge.references import fact_text, measure
from checker.units import Interval

# Where a person gave no figure: engineering judgement, to be replaced after a test. Each setting
# that has one says so.
BAKE_SECONDS = 300
SHARE_PERCENT = 20
ERROR_SHARE = 0.02
SLOW_MICROSECONDS = 1_000_000
BACKLOG_PER_INSTANCE = 5.0
BUSY_SHARE = 0.7
SERVERLESS_CONCURRENCY = 20
WARM_SLOTS = 2
CHUNK_MB = 6
COMPONENT_MEMORY_MB = 4096

INSTANCE_TYPES = {"gpu": "ml.g5.xlarge", "inferentia": "ml.inf2.xlarge"}
PLAIN_INSTANCE = "ml.m5.large"

USED_FACTS = (
    "async.inference",
    "async.invocation_timeout",
    "autoscaling.async_metric",
    "autoscaling.cooldown",
    "autoscaling.from_zero",
    "autoscaling.minimum",
    "autoscaling.serverless_cfn",
    "autoscaling.target_value",
    "batch.invocation_timeout",
    "batch.max_payload",
    "batch.scaling",
    "batch.scheduling",
    "data_capture.config",
    "endpoint_instance_quotas.overview",
    "inference_components.overview",
    "inference_components.scale_to_zero",
    "inference_pipeline.container_count",
    "multi_container.direct_invocation",
    "multi_container.max",
    "mme.dynamic_loading",
    "production_variants.max",
    "rollout.auto_rollback",
    "rollout.blue_green",
    "rollout.canary_size",
    "rollout.linear_step",
    "rollout.retain_variant_properties",
    "rollout.rollback_batch",
    "rollout.rolling",
    "rollout.timing_limits",
    "serverless.max_concurrency",
    "serverless.memory_sizes",
    "serverless.provisioned_concurrency",
    "shadow_tests.overview",
    "ab_testing.weight_shift",
)
"""The facts whose numbers and sentences starting points show; a page has them beside its own."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Typed answers, with the facts that bound what becomes of them."""

    knowledge: Knowledge
    answers: dict[str, Answer]

    def is_(self, field: str, value: str) -> bool:
        """Whether the person gave this answer."""
        return self.answers.get(field) == value

    def figure(self, field: str) -> float | None:
        """The largest number that an answer allows, or its least one where it has no upper end."""
        answer = self.answers.get(field)
        if not isinstance(answer, Interval):
            return None
        return answer.hi if math.isfinite(answer.hi) else answer.lo

    def number(self, reference: str) -> float:
        """The number behind a reference to a fact."""
        return float(measure(reference, self.knowledge)[0])

    def whole(self, field: str, without: int, least: str | None, most: str | None) -> int:
        """An answer rounded up, between two facts; ``without`` where nobody gave one."""
        found = self.figure(field)
        wanted = without if found is None else math.ceil(found)
        low = self.number(least) if least else 1
        high = self.number(most) if most else math.inf
        return int(min(max(wanted, low), high))

    def fact(self, name: str) -> str:
        """A fact's sentence, with the day on which it was checked."""
        found = self.knowledge.facts[name]
        return f"{fact_text(found, self.knowledge)} Checked {found.checked}."

    def spelled(self, reference: str) -> str:
        """A fact's number with its unit."""
        return spell_measure(*measure(reference, self.knowledge))

    def instance_type(self) -> str:
        """A type to start with; what a model needs only a load test shows."""
        wanted = self.answers.get("accelerator")
        return INSTANCE_TYPES.get(str(wanted), PLAIN_INSTANCE)
