"""Updates of an endpoint that is there: a second model, alarms, and how the traffic moves."""

import math
from dataclasses import replace
from typing import Any

from checker.starting import serving
from checker.starting.parts import Blank, Name, Plan, Resource, Text
from checker.starting.wishes import (
    BAKE_SECONDS,
    ERROR_SHARE,
    SHARE_PERCENT,
    SLOW_MICROSECONDS,
    Wishes,
)

type Settings = dict[str, Any]

ENDPOINT = Blank("endpoint_name")
SAME_NAMES = "The endpoint already exists. Keep the name of its variant, here main."
IN_SHARES = ("canary", "linear", "rolling")
TWO_AT_LEAST = "With one instance there is no share to shift; use two or more."
THRESHOLDS = "The thresholds are guesses; set them for the share of traffic that the new fleet has."


def all_at_once(wishes: Wishes) -> Plan:
    """The whole traffic at once, and back on an alarm."""
    return _blue_green(wishes, "all-at-once", {"Type": "ALL_AT_ONCE"}, 1, ())


def blue_green(wishes: Wishes) -> Plan:
    """The same, with the old fleet kept for a while after the last alarm could have fired."""
    says = (wishes.fact("rollout.blue_green"),)
    return _blue_green(wishes, "blue-green", {"Type": "ALL_AT_ONCE"}, 1, says, keep=True)


def canary(wishes: Wishes) -> Plan:
    """A share first, then the rest."""
    share = wishes.whole("first_share", SHARE_PERCENT, None, "rollout.canary_size")
    routing = {"Type": "CANARY", "CanarySize": _percent(share)}
    says = (wishes.fact("rollout.canary_size"),)
    return _blue_green(wishes, "canary", routing, 2, says)


def linear(wishes: Wishes) -> Plan:
    """Equal steps."""
    limits = ("rollout.linear_step.min", "rollout.linear_step.max")
    step = wishes.whole("first_share", SHARE_PERCENT, *limits)
    routing = {"Type": "LINEAR", "LinearStepSize": _percent(step)}
    says = (wishes.fact("rollout.linear_step"),)
    return _blue_green(wishes, "linear", routing, math.ceil(100 / step), says)


def rolling(wishes: Wishes) -> Plan:
    """The fleet in batches, which needs little spare capacity."""
    size = wishes.whole("first_share", SHARE_PERCENT, "rollout.rolling.min", "rollout.rolling.max")
    steps = math.ceil(100 / size)
    wait = _bake(wishes, steps, 0)
    policy = {
        "MaximumBatchSize": _percent(size),
        "WaitIntervalInSeconds": wait,
        "MaximumExecutionTimeoutInSeconds": _timeout(wishes, wait * steps),
        "RollbackMaximumBatchSize": _percent(size),
    }
    says = tuple(wishes.fact(name) for name in ("rollout.rolling", "rollout.rollback_batch"))
    return _guarded(wishes, "rolling", {"RollingUpdatePolicy": policy}, says)


def ab_test(wishes: Wishes) -> Plan:
    """Two variants that share the traffic by weight."""
    share = min(wishes.whole("first_share", SHARE_PERCENT, None, None), 99)
    old, new = serving.model(wishes), _new_model(wishes)
    variants = [
        {**serving.variant(wishes, "Model"), "InitialVariantWeight": (100 - share) / 100},
        {**serving.variant(wishes, "NewModel", "new"), "InitialVariantWeight": share / 100},
    ]
    says = (serving.TYPE_IS_A_GUESS, wishes.fact("ab_testing.weight_shift"))
    made = (old, new, _new(serving.config(variants, says)), serving.endpoint())
    return Plan("ab-test", made, ("The endpoint already exists.",), replaces=True)


def shadow_test(wishes: Wishes) -> Plan:
    """A second variant that gets copies of the requests, and whose responses nobody sees."""
    old, new = serving.model(wishes), _new_model(wishes)
    shadow = serving.variant(wishes, "NewModel", "shadow")
    says = (serving.TYPE_IS_A_GUESS, wishes.fact("shadow_tests.overview"))
    hosted = serving.config([serving.variant(wishes)], says, ShadowProductionVariants=[shadow])
    notes = (
        "The endpoint already exists.",
        "Equal weights copy every request.",
        "To stop, update the endpoint with a configuration that has no shadow variant.",
    )
    return Plan("shadow-test", (old, new, _new(hosted), serving.endpoint()), notes, replaces=True)


def _blue_green(
    wishes: Wishes,
    option: str,
    routing: Settings,
    steps: int,
    says: tuple[str, ...],
    *,
    keep: bool = False,
) -> Plan:
    kept = _kept(wishes, keep=keep)
    wait = _bake(wishes, steps, kept)
    policy = {
        "TrafficRoutingConfiguration": {**routing, "WaitIntervalInSeconds": wait},
        "TerminationWaitInSeconds": kept,
        "MaximumExecutionTimeoutInSeconds": _timeout(wishes, wait * steps + kept),
    }
    return _guarded(wishes, option, {"BlueGreenUpdatePolicy": policy}, says)


def _guarded(wishes: Wishes, option: str, policy: Settings, says: tuple[str, ...]) -> Plan:
    """A new model, alarms on errors and latency, and the update that goes back on either."""
    alarms = (_errors(), _latency())
    back = {"Alarms": [{"AlarmName": Name(alarm.id)} for alarm in alarms]}
    deployment = {**policy, "AutoRollbackConfiguration": back}
    facts = ("rollout.timing_limits", "rollout.auto_rollback", "rollout.retain_variant_properties")
    updated = replace(
        serving.endpoint(RetainAllVariantProperties=True, DeploymentConfig=deployment),
        says=(*says, *(wishes.fact(name) for name in facts)),
    )
    served, guesses = serving.variant(wishes, "NewModel"), [serving.TYPE_IS_A_GUESS]
    if option in IN_SHARES:
        served["InitialInstanceCount"] = 2 * served["InitialInstanceCount"]
        guesses.append(TWO_AT_LEAST)
    hosted = _new(serving.config([served], guesses))
    made = (_new_model(wishes), hosted, *alarms, updated)
    return Plan(option, made, (SAME_NAMES,), replaces=True)


def _new_model(wishes: Wishes) -> Resource:
    return replace(
        serving.model(wishes, "NewModel", "new_model_data_url"), name=serving.named("-model-new")
    )


def _new(made: Resource) -> Resource:
    return replace(made, name=serving.named("-config-new"))


def _bake(wishes: Wishes, steps: int, kept: int) -> int:
    """The wait of each step; all of them fit into the longest deployment that AWS accepts."""
    minutes = wishes.figure("bake")
    wanted = BAKE_SECONDS if minutes is None else math.ceil(minutes * 60)
    limits = "rollout.timing_limits"
    longest = wishes.number(f"{limits}.execution_max") - wishes.number(f"{limits}.execution_min")
    return int(min(wanted, wishes.number(f"{limits}.wait_max"), (longest - kept) // steps))


def _kept(wishes: Wishes, *, keep: bool) -> int:
    if wishes.is_("old_fleet", "yes"):
        return int(wishes.number("rollout.timing_limits.termination_max"))
    return BAKE_SECONDS if keep else int(wishes.number("rollout.timing_limits.termination_default"))


def _timeout(wishes: Wishes, waits: int) -> int:
    """The person's limit, or twice the waits and a start of instances; within what AWS accepts."""
    hours = wishes.figure("rollout_time")
    least = wishes.number("rollout.timing_limits.execution_min")
    wanted = hours * 3600 if hours else 2 * waits + least
    most = wishes.number("rollout.timing_limits.execution_max")
    return int(min(max(wanted, waits + least, least), most))


def _percent(value: int) -> Settings:
    return {"Type": "CAPACITY_PERCENT", "Value": value}


def _errors() -> Resource:
    return _alarm(
        "ErrorAlarm", "-errors", "Invocation5XXErrors", {"Statistic": "Average"}, ERROR_SHARE
    )


def _latency() -> Resource:
    percentile = {"ExtendedStatistic": "p99"}
    return _alarm("LatencyAlarm", "-slow", "ModelLatency", percentile, SLOW_MICROSECONDS)


def _alarm(id_: str, suffix: str, metric: str, statistic: Settings, threshold: float) -> Resource:
    # With the new configuration's name, the old fleet does not dilute the errors of the new one.
    new_fleet = {"EndpointConfigName": Name("EndpointConfig")}
    dimensions = {"EndpointName": ENDPOINT, "VariantName": "main", **new_fleet}
    settings = {
        "Namespace": "AWS/SageMaker",
        "MetricName": metric,
        "Dimensions": [{"Name": name, "Value": value} for name, value in dimensions.items()],
        **statistic,
        "Period": 60,
        "EvaluationPeriods": 2,
        "Threshold": threshold,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching",
    }
    return Resource("alarm", id_, Text((ENDPOINT, suffix)), settings, (THRESHOLDS,))
