"""The page that checks a configuration in the browser, and the table of faults that are found."""

from collections.abc import Mapping
from typing import Any

from checker.config import DECISIONS
from macros.draw.checker_frame import python_place
from macros.draw.html import Html, boxed_table, data_row, el, head_row, lines
from macros.pages.urls import relative_url
from macros.runtime.bundle import Runtime

_NO_SCRIPT = (
    "This page needs JavaScript, because it checks in your browser. The command line below finds "
    "the same."
)
_HINT = (
    "Requests for boto3 or the AWS CLI, a CloudFormation template, or what terraform show -json "
    "prints, in JSON or YAML. You can also drop a file here. It stays in your browser."
)
EXAMPLE = """{
  "CreateEndpointConfig": {
    "EndpointConfigName": "demo-config",
    "ProductionVariants": [
      {
        "VariantName": "main",
        "ModelName": "demo-model",
        "ServerlessConfig": {"MemorySizeInMB": 5000, "MaxConcurrency": 5}
      }
    ],
    "DataCaptureConfig": {
      "EnableCapture": true,
      "InitialSamplingPercentage": 20,
      "DestinationS3Uri": "s3://demo-bucket/captured",
      "CaptureOptions": [{"CaptureMode": "Input"}]
    }
  }
}
"""
_FOUND = {True: "found", False: "missed", None: "no such type"}


def configuration_checker(runtime: Runtime, page: str) -> Html:
    """A box for a configuration, and the place where its findings are shown."""
    attributes = {**python_place(runtime, page), "data-decisions": " ".join(DECISIONS)}
    status = el("p", {"class": "check__status", "role": "status", "aria-live": "polite"})
    shown = {"class": "check__verdict config__result", "aria-label": "Findings", "hidden": True}
    inner = lines(_form(), status, el("section", shown))
    return lines(
        el("noscript", None, el("p", {"class": "admonition warning"}, _NO_SCRIPT)),
        # Markdown knows no custom elements: inside a div it leaves them as they are.
        el("div", None, el("configuration-checker", attributes, "\n", inner, "\n")),
        el(
            "script",
            {"type": "module", "src": relative_url("assets/checker/configuration.js", page)},
        ),
    )


def _form() -> Html:
    area = {
        "id": "configuration-text",
        "rows": 16,
        "spellcheck": "false",
        "autocomplete": "off",
        "aria-describedby": "configuration-hint",
    }
    example = {"type": "button", "class": "chip", "data-example": EXAMPLE}
    return el(
        "form",
        {"class": "scenario config", "novalidate": True},
        "\n",
        lines(
            el("label", {"for": "configuration-text"}, "Your configuration"),
            el("p", {"class": "scenario__hint", "id": "configuration-hint"}, _HINT),
            el("textarea", area),
            el(
                "p",
                {"class": "config__actions"},
                el("button", {"class": "md-button md-button--primary"}, "Check it"),
                el("button", example, "Fill in an example"),
                el("label", {"for": "configuration-file", "class": "config__open"}, "Open a file"),
                el("input", {"id": "configuration-file", "type": "file"}),
            ),
        ),
        "\n",
    )


def fault_table(measured: Mapping[str, Any]) -> Html:
    """Known faults, and which of three tools finds each."""
    botocore, cfn_lint = (f"{name} {measured[name]}" for name in ("botocore", "cfn-lint"))
    rows = [
        data_row(
            row["says"],
            _FOUND[row["botocore"]],
            _FOUND[row["cfn-lint"]],
            ", ".join(row["ours"]),
            el("a", {"href": row["source"]}, _called(row["source"])),
        )
        for row in measured["faults"]
    ]
    head = head_row("Fault", botocore, cfn_lint, "This checker", "Source")
    table = boxed_table("Known faults of hosting, and who finds them", head, rows, "comparison")
    # Folded: on a phone the list is many screens long.
    return el("details", None, "\n", lines(el("summary", None, "All of these faults"), table), "\n")


def _called(url: str) -> str:
    """A page by its file, and a thread on GitHub by its repository and number."""
    steps = url.split("/")
    if steps[2] == "github.com":
        return f"{steps[4]} {steps[6]}"
    return steps[-1].removesuffix(".html").removeprefix("API_")


def fault_counts(measured: Mapping[str, Any]) -> Html:
    """The sums of the table in a sentence."""
    faults = measured["faults"]
    found = {name: sum(bool(row[name]) for row in faults) for name in ("botocore", "cfn-lint")}
    unknown = sum(row["cfn-lint"] is None for row in faults)
    ours = sum(bool(row["ours"]) for row in faults)
    text = (
        f"Of {len(faults)} known faults, botocore finds {found['botocore']}, cfn-lint "
        f"{found['cfn-lint']} and this checker {ours}. cfn-lint does not know the resource type of "
        f"{unknown} of them. Of {measured['valid']} valid configurations, this checker refuses "
        f"{measured['false alarms'] or 'none'}."
    )
    return el("p", None, text)
