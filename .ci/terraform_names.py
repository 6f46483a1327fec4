"""Write tests/data/terraform-aws.json: the arguments of the AWS provider that starting points use.

Neither Terraform nor its provider is in a package index. The provider's published CDKTF bindings
are: their type definitions name each argument. Usage, in a folder where `npm pack
@cdktf/provider-aws@VERSION` was unpacked: python .ci/terraform_names.py package
"""

import json
import re
import sys
from pathlib import Path

RESOURCES = {
    "aws_appautoscaling_policy": "appautoscaling-policy",
    "aws_appautoscaling_target": "appautoscaling-target",
    "aws_cloudformation_stack": "cloudformation-stack",
    "aws_cloudwatch_metric_alarm": "cloudwatch-metric-alarm",
    "aws_sagemaker_endpoint": "sagemaker-endpoint",
    "aws_sagemaker_endpoint_configuration": "sagemaker-endpoint-configuration",
    "aws_sagemaker_model": "sagemaker-model",
    "aws_scheduler_schedule": "scheduler-schedule",
}
INTERFACE = re.compile(r"export interface (\w+)([^{]*)\{(.*?)\n\}", re.DOTALL)
MEMBER = re.compile(r"readonly (\w+)(\??): (.*?);\n(?=\s*(?:readonly|$))", re.DOTALL)
UNUSED = ("predictiveScalingPolicyConfiguration",)


def main(package):
    version = json.loads((package / "package.json").read_text())["version"]
    found = {name: arguments(package / "lib" / folder) for name, folder in RESOURCES.items()}
    made = {"source": f"@cdktf/provider-aws {version}", "resources": found}
    target = Path(__file__).parents[1] / "tests/data/terraform-aws.json"
    target.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n")


def arguments(folder):
    text = re.sub(r"/\*.*?\*/", "", (folder / "index.d.ts").read_text(), flags=re.DOTALL)
    known = {name: body for name, _, body in INTERFACE.findall(text)}
    (top,) = [name for name, more, _ in INTERFACE.findall(text) if "extends" in more]
    return tree(known, top)


def tree(known, name):
    members = MEMBER.findall(known[name] + "\n")
    return {
        snake(member): {"required": not optional, "is": kind(known, words)}
        for member, optional, words in members
        if member not in UNUSED
    }


def kind(known, words):
    first = re.match(r"\w*", words)[0]
    if first in known:
        return tree(known, first)
    names = {"{": "map", "[]": "list", "number": "number", "boolean": "bool"}
    return next((name for sign, name in names.items() if sign in words), "string")


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
