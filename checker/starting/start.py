"""The entry: an option and answers to one text in one of three languages."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from checker.knowledge.answers import read_answers
from checker.knowledge.model import Knowledge, Option
from checker.problems import Problem, did_you_mean
from checker.starting import FORMS, rollouts, scaling, script, serving, template, terraform
from checker.starting.parts import Plan
from checker.starting.wishes import Wishes
from checker.starting.writing import Heading

type Json = dict[str, Any]

PLANS: Mapping[str, Callable[[Wishes], Plan]] = {
    "real-time-endpoint": serving.real_time,
    "serverless-inference": serving.serverless,
    "serverless-provisioned-concurrency": serving.provisioned,
    "async-inference": serving.asynchronous,
    "batch-transform": serving.batch,
    "single-model-endpoint": lambda wishes: serving.real_time(wishes, "single-model-endpoint"),
    "multi-model-endpoint": serving.multi_model,
    "multi-container-endpoint": serving.multi_container,
    "serial-inference-pipeline": serving.pipeline,
    "inference-components": serving.components,
    "all-at-once": rollouts.all_at_once,
    "blue-green": rollouts.blue_green,
    "canary": rollouts.canary,
    "linear": rollouts.linear,
    "rolling": rollouts.rolling,
    "ab-test": rollouts.ab_test,
    "shadow-test": rollouts.shadow_test,
    "auto-scaling": scaling.for_existing,
}
RENDERERS: Mapping[str, tuple[Callable[[Plan, Heading], str], str]] = {
    "boto3": (script.render, "py"),
    "cloudformation": (template.render, "yaml"),
    "terraform": (terraform.render, "tf"),
}

EXISTING = {
    "cloudformation": "Update the stack that has the endpoint: in a new stack, its name is in use.",
    "terraform": "Import the endpoint first if this state does not have it yet: "
    "terraform import aws_sagemaker_endpoint.endpoint YOUR-ENDPOINT. "
    "The provider cannot retain the instance counts that scaling has set: check them.",
}


def starting_point(knowledge: Knowledge, verdict: Json, form: str, option: str = "") -> Json:
    """The text of one option of a verdict.

    Args:
        knowledge: what the verdict was made with.
        verdict: one verdict of ``Session.decide``.
        form: boto3, cloudformation or terraform.
        option: one that the answers leave; without it, the first recommended one.

    Returns:
        ``option``, ``form``, ``file`` (a name for it), ``text`` and ``problems``.
    """
    chosen = option or next((o for o in verdict["recommend"] if o in PLANS), "")
    nothing = {"option": chosen, "form": form, "file": "", "text": ""}
    if problem := _problem(knowledge, verdict, form, chosen):
        return {**nothing, "problems": [problem.plain()]}
    worked_out = {item["field"]: item["answer"] for item in verdict["derived"]}
    answers, _ = read_answers(knowledge, {**worked_out, **verdict["answers"]})
    plan = _fit(knowledge, PLANS[chosen](Wishes(knowledge, answers)), form)
    if not plan.resources:
        empty = Problem("S005", form, plan.notes[-1], "choose another language")
        return {**nothing, "problems": [empty.plain()]}
    render, ending = RENDERERS[form]
    text = render(plan, _heading(verdict, knowledge.options[chosen], plan))
    return {**nothing, "file": f"{chosen}.{ending}", "text": text, "problems": []}


def _problem(knowledge: Knowledge, verdict: Json, form: str, chosen: str) -> Problem | None:
    decision = verdict["decision"]
    if form not in FORMS:
        return Problem("S001", "form", f"there is no form '{form[:40]}'", did_you_mean(form, FORMS))
    if not chosen:
        hint = _hint(knowledge, verdict)
        return Problem("S002", decision, "no option to start from", hint)
    if chosen not in PLANS or knowledge.options[chosen].decision != decision:
        own = [o for o in knowledge.decisions[decision].options if o in PLANS]
        message = f"there is no starting point for '{chosen[:40]}'"
        return Problem("S003", decision, message, did_you_mean(chosen, own or PLANS))
    for other in verdict["rejected"]:
        if other["option"] == chosen:
            why = other["reasons"][0]["sentence"]
            return Problem("S004", chosen, f"your answers rule it out: {why}", "change an answer")
    return None


def _hint(knowledge: Knowledge, verdict: Json) -> str:
    if not any(o in PLANS for o in knowledge.decisions[verdict["decision"]].options):
        found = {knowledge.options[o].decision for o in PLANS if o in knowledge.options}
        return f"starting points exist for {', '.join(sorted(found))}"
    if verdict["state"] != "nothing-fits":
        return "answer more questions, or name an option"
    flips = [other["flip"]["sentence"] for other in verdict["rejected"] if other["flip"]]
    return flips[0] if flips else "change an answer"


def _heading(verdict: Json, known: Option, plan: Plan) -> Heading:
    said = [(item["label"], item["answer"]) for item in verdict["situation"]]
    sentence = f"{known.advice or f'Use {known.label}'}."
    return Heading(sentence, said, verdict["checked"] or "", plan.notes)


def _fit(knowledge: Knowledge, plan: Plan, form: str) -> Plan:
    """The plan without what a form cannot say, and with the sentences that say so."""
    if plan.replaces and form in EXISTING:
        plan = replace(plan, notes=(*plan.notes, EXISTING[form]))
    warm = [
        item for item in plan.resources if item.settings.get("ScalableDimension") == scaling.WARM
    ]
    if form != "cloudformation" or not warm:
        return plan
    left = tuple(item for item in plan.resources if item not in warm)
    fact = Wishes(knowledge, {}).fact("autoscaling.serverless_cfn")
    return replace(plan, resources=left, notes=(*plan.notes, fact))
