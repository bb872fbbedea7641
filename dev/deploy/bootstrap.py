"""What an empty AWS account needs once, before the first deployment of a stage.

    python -m dev.deploy.bootstrap --stage prod --repository owner/name

Makes what a program can make, and says of the rest what is to be done by hand. Each step is *done*, *made*
(just now), *by hand* or *not needed*. Doing it again changes nothing; with `--check` it only looks. It needs
the rights of an administrator, unlike the deployment itself.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dev.deploy import bootstrap_by_hand as by_hand
from dev.deploy import deploy_role, web
from dev.deploy.bootstrap_by_hand import BY_HAND, DONE, MADE, NOT_NEEDED, Step
from dev.deploy.target import APP, DeployError, Target, complain, say

GATEWAY_ROLE = f"{APP}-apigateway-logs"
GATEWAY_POLICY = "service-role/AmazonAPIGatewayPushToCloudWatchLogs"
ISSUED = "ISSUED"


class Account:
    """The account of `target`. `repository` may deploy from GitHub; with `only_look` nothing is made."""

    def __init__(self, target: Target, repository: str | None, *, only_look: bool) -> None:
        self._target = target
        self._repository = repository
        self._only_look = only_look

    def steps(self) -> Iterator[Step]:
        """All steps, each carried out when it is asked for. Raises `DeployError`."""
        yield self.oidc_provider()
        yield self.deploy_role()
        yield self.gateway_log_role()
        yield by_hand.mail_identity(self._target)
        yield by_hand.mail_sandbox(self._target)
        yield self.certificate()
        yield by_hand.concurrency(self._target)
        yield by_hand.models(self._target)
        yield by_hand.alarm_receiver(self._target)
        yield by_hand.parameters(self._target)
        yield by_hand.github(self._target)

    def oidc_provider(self) -> Step:
        """Let AWS believe GitHub's tokens. One for the whole account; needs no thumbprint since 2023."""
        name, iam = "OpenID provider of GitHub", self._target.client("iam")
        arn = deploy_role.provider_arn(self._target.place)
        there = [one["Arn"] for one in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]]
        if arn in there:
            clients = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ClientIDList"]
            if deploy_role.AUDIENCE in clients:
                return Step(name, DONE, arn)
            return self._make(
                name,
                arn,
                lambda: iam.add_client_id_to_open_id_connect_provider(
                    OpenIDConnectProviderArn=arn, ClientID=deploy_role.AUDIENCE
                ),
            )
        return self._make(
            name,
            arn,
            lambda: iam.create_open_id_connect_provider(
                Url=f"https://{deploy_role.ISSUER}", ClientIDList=[deploy_role.AUDIENCE]
            ),
        )

    def deploy_role(self) -> Step:
        """The role that the workflows become, for this stage alone."""
        target, role = self._target, deploy_role.name(self._target.stage)
        arn = f"arn:{target.place.partition}:iam::{target.place.account}:role/{role}"
        if self._repository is None:
            known = self._role(role) is not None
            what = arn if known else "give --repository owner/name, as the sub claim of its tokens names it"
            return Step("role that deploys", DONE if known else BY_HAND, what)
        trust = deploy_role.trust(target.place, self._repository, target.stage)
        policy = deploy_role.policy(target.place, target.stage, hosts_pages=web.is_hosted(target))
        if self._is_as_wanted(role, trust, policy):
            return Step("role that deploys", DONE, arn)
        return self._make("role that deploys", arn, lambda: self._put_role(role, trust, policy))

    def gateway_log_role(self) -> Step:
        """Let API Gateway write logs: one role for all APIs of a region."""
        name, gateway = "log role of API Gateway", self._target.client("apigateway")
        if arn := gateway.get_account().get("cloudwatchRoleArn"):
            return Step(name, DONE, arn)
        partition = self._target.place.partition
        wanted = f"arn:{partition}:iam::{self._target.place.account}:role/{GATEWAY_ROLE}"
        return self._make(name, wanted, lambda: self._put_gateway_role(wanted))

    def certificate(self) -> Step:
        """The certificate of the stage's own domain, where it has one."""
        name = "certificate"
        domain = self._target.stage_config.get("api_gateway_custom_domain", {}).get("domain_name")
        if not domain:
            return Step(name, NOT_NEEDED, "no api_gateway_custom_domain in .chalice/config.json")
        acm = self._target.client("acm")
        found = [
            one for one in self._target.pages("acm", "list_certificates", "CertificateSummaryList")
            if one["DomainName"] == domain
        ]  # fmt: skip
        if not found:
            return self._make(
                name,
                f"{domain}: requested; come back for its DNS record",
                lambda: acm.request_certificate(DomainName=domain, ValidationMethod="DNS"),
            )
        certificate = acm.describe_certificate(CertificateArn=found[0]["CertificateArn"])["Certificate"]
        if certificate["Status"] == ISSUED:
            return Step(name, DONE, certificate["CertificateArn"])
        records = [one.get("ResourceRecord", {}) for one in certificate.get("DomainValidationOptions", [])]
        told = "; ".join(f"{one['Name']} {one['Type']} {one['Value']}" for one in records if one)
        return Step(name, BY_HAND, f"put into DNS: {told or 'come back in a minute for the record'}")

    def _make(self, name: str, text: str, make: Callable[[], Any]) -> Step:
        if self._only_look:
            return Step(name, BY_HAND, f"run this without --check to make it: {text}")
        make()
        return Step(name, MADE, text)

    def _role(self, name: str) -> dict[str, Any] | None:
        from botocore.exceptions import ClientError

        try:
            return dict(self._target.client("iam").get_role(RoleName=name)["Role"])
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchEntity":
                raise
            return None

    def _is_as_wanted(self, name: str, trust: Any, policy: Any) -> bool:
        from botocore.exceptions import ClientError

        role = self._role(name)
        if role is None or role["AssumeRolePolicyDocument"] != trust:
            return False
        if role.get("MaxSessionDuration") != deploy_role.SESSION_SECONDS:
            return False
        try:
            found = self._target.client("iam").get_role_policy(RoleName=name, PolicyName=name)
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchEntity":
                raise
            return False
        return bool(found["PolicyDocument"] == policy)

    def _put_role(self, name: str, trust: Any, policy: Any) -> None:
        iam = self._target.client("iam")
        if self._role(name) is None:
            iam.create_role(
                RoleName=name,
                AssumeRolePolicyDocument=json.dumps(trust),
                MaxSessionDuration=deploy_role.SESSION_SECONDS,
                Description=f"GitHub's workflows deploy Tiza's stage {self._target.stage}",
            )
        else:
            iam.update_assume_role_policy(RoleName=name, PolicyDocument=json.dumps(trust))
            iam.update_role(RoleName=name, MaxSessionDuration=deploy_role.SESSION_SECONDS)
        text = json.dumps(policy, separators=(",", ":"))
        iam.put_role_policy(RoleName=name, PolicyName=name, PolicyDocument=text)

    def _put_gateway_role(self, arn: str) -> None:
        iam = self._target.client("iam")
        if self._role(GATEWAY_ROLE) is None:
            statement = {
                "Effect": "Allow",
                "Principal": {"Service": "apigateway.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
            document = {"Version": "2012-10-17", "Statement": [statement]}
            iam.create_role(RoleName=GATEWAY_ROLE, AssumeRolePolicyDocument=json.dumps(document))
        partition = self._target.place.partition
        iam.attach_role_policy(
            RoleName=GATEWAY_ROLE, PolicyArn=f"arn:{partition}:iam::aws:policy/{GATEWAY_POLICY}"
        )
        operation = {"op": "replace", "path": "/cloudwatchRoleArn", "value": arn}
        self._target.client("apigateway").update_account(patchOperations=[operation])


def main(arguments: Sequence[str]) -> int:
    """The command line; the exit code: 0 also while there is something to do by hand."""
    parser = argparse.ArgumentParser(prog="python -m dev.deploy.bootstrap")
    parser.add_argument("--stage", required=True, help="staging or prod")
    parser.add_argument("--endpoint", help="the address of a local AWS, instead of AWS itself")
    parser.add_argument("--repository", help="owner/name at GitHub, or owner@1/name@2, as its tokens have it")
    parser.add_argument("--check", action="store_true", help="only look")
    options = parser.parse_args(arguments)
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        target = Target(options.stage, options.endpoint)
        say(f"Account {target.place.account}, {target.region}, for {target.prefix}:")
        for step in Account(target, options.repository, only_look=options.check).steps():
            say(f"  {step.state:<10} {step.name}: {step.text}")
    except (DeployError, ClientError, BotoCoreError) as error:
        complain(f"bootstrap: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
