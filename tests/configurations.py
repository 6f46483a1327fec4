"""What the tests of configurations share: a template, and what is found in a text."""

from checker.config import Report, check
from tests.support import known

TEMPLATE = """
Resources:
  Model:
    Type: AWS::SageMaker::Model
    Properties:
      ExecutionRoleArn: !GetAtt Role.Arn
      VpcConfig: {Subnets: !Ref Subnets, SecurityGroupIds: [!Ref Group]}
      PrimaryContainer: {Image: !Ref Image}
  Config:
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      ProductionVariants:
        - VariantName: main
          ModelName: !GetAtt Model.ModelName
          ServerlessConfig:
            MemorySizeInMB: MEMORY
            MaxConcurrency: "5"
"""


def checked(text: str | bytes, name: str = "given.yml") -> Report:
    return check({name: text}, known())


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.problems]


# --- Several at once ----------------------------------------------------------------------------

VARIANT = """{"VariantName": "v", "ModelName": "m",
 "ServerlessConfig": {"MemorySizeInMB": %s, "MaxConcurrency": 1}}"""
CONFIG = '{"EndpointConfigName": "c", "ProductionVariants": [%s]}' % (VARIANT % 2048)
