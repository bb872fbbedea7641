"""What an account needs once: made once, on the local AWS, and with few rights for who deploys."""

from __future__ import annotations

import ast
import fnmatch
import functools
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import chalice.deploy
import pytest
from chalice.awsclient import TypedAWSClient

from dev.aws.resolve import Place
from dev.deploy import bootstrap, deploy_role
from dev.deploy import bootstrap_by_hand as by_hand
from dev.deploy.target import CHECKOUT, DeployError, Target
from tests.support.aws import LocalAws

pytestmark = pytest.mark.xdist_group("deploy")

PLACE = Place("aws", "eu-west-1", "123456789012")
REPOSITORY = "school/tiza"
STEPS_MADE = {"OpenID provider of GitHub", "role that deploys", "log role of API Gateway"}

# Of Chalice, what Tiza has none of: websockets, other kinds of events; and `chalice invoke` and `logs`.
UNUSED = re.compile(r"websocket|_s3_|_sns_|_topic|_v2$|sdk|log_events|invoke_function|api_mapping_exists")
SERVICES = (
    "apigateway", "cloudformation", "cloudwatch", "events", "iam", "lambda", "logs", "s3", "sns", "sqs", "ssm"
)  # fmt: skip
# Where IAM's name of an action is not the operation's.
SMALL = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}],
}
IAM_NAMES = {
    "s3:HeadBucket": "s3:ListBucket",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:ListObjectVersions": "s3:ListBucketVersions",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:HeadObject": "s3:GetObject",
    "lambda:GetLayerVersionByArn": "lambda:GetLayerVersion",
}
# The commands that an administrator runs, on his own rights, and what stands for Lambda on this machine.
BY_OTHERS = ("bootstrap.py", "bootstrap_by_hand.py", "operate.py", "local_lambda.py")


class Asked:
    """Answers operations that moto does not know, and remembers with what they were called."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def answer(self, service: str, operation: str, answer: dict[str, Any]) -> None:
        events = self._target.client(service).meta.events
        name = f"{service}.{operation}"
        events.register(
            f"provide-client-params.{name}", lambda params, **_: self.calls.append((operation, params))
        )
        events.register(f"before-call.{name}", lambda **_: (SimpleNamespace(status_code=200), answer))


@pytest.fixture
def target(aws_server: LocalAws) -> Iterator[Target]:
    """Stage `prod` of an account in which nothing was prepared; nothing stays of what a test prepares."""
    target = Target("prod", aws_server.endpoint)
    asked = Asked(target)
    target.asked = asked  # type: ignore[attr-defined]
    asked.answer("sesv2", "GetAccount", {"ProductionAccessEnabled": False})
    asked.answer("lambda", "GetAccountSettings", {"AccountLimit": {"ConcurrentExecutions": 10}})
    asked.answer("iam", "AttachRolePolicy", {})  # moto has none of AWS's own policies
    yield target
    iam = target.client("iam")
    for role in (deploy_role.name("prod"), bootstrap.GATEWAY_ROLE):
        if role in [one["RoleName"] for one in iam.list_roles()["Roles"]]:
            for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
                iam.delete_role_policy(RoleName=role, PolicyName=policy)
            iam.delete_role(RoleName=role)
    for one in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]:
        iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=one["Arn"])
    operation = {"op": "replace", "path": "/cloudwatchRoleArn", "value": ""}
    target.client("apigateway").update_account(patchOperations=[operation])


def states(target: Target, repository: str | None = REPOSITORY, *, only_look: bool = False) -> dict[str, str]:
    steps = bootstrap.Account(target, repository, only_look=only_look).steps()
    return {step.name: step.state for step in steps}


def with_options(target: Target, **values: Any) -> Target:
    """`target` with these in `tiza.stack` of its stage, and its own domain."""
    target.config["stages"]["prod"].setdefault("tiza", {})["stack"] = values
    return target


def test_what_a_program_can_make_is_made_once(target: Target) -> None:
    first = states(target)
    assert {name for name, state in first.items() if state == by_hand.MADE} == STEPS_MADE
    again = states(target)
    assert {name for name, state in again.items() if state == by_hand.DONE} == STEPS_MADE
    assert by_hand.MADE not in again.values()


def test_to_look_makes_nothing(target: Target) -> None:
    assert by_hand.MADE not in states(target, only_look=True).values()
    assert {name for name, state in states(target).items() if state == by_hand.MADE} == STEPS_MADE


def test_the_role_is_brought_up_to_date(target: Target) -> None:
    states(target)
    iam, role = target.client("iam"), deploy_role.name("prod")
    iam.put_role_policy(RoleName=role, PolicyName=role, PolicyDocument=json.dumps(SMALL))
    assert states(target)["role that deploys"] == by_hand.MADE
    found = iam.get_role_policy(RoleName=role, PolicyName=role)["PolicyDocument"]
    assert found == deploy_role.policy(target.place, "prod")
    assert states(target, "school/another")["role that deploys"] == by_hand.MADE
    trust = iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]["Statement"][0]["Condition"]
    assert trust["StringEquals"][f"{deploy_role.ISSUER}:sub"] == "repo:school/another:environment:prod"
    assert iam.get_role(RoleName=role)["Role"]["MaxSessionDuration"] == deploy_role.SESSION_SECONDS


def test_without_a_repository_nobody_is_let_in(target: Target) -> None:
    assert states(target, None)["role that deploys"] == by_hand.BY_HAND
    assert deploy_role.name("prod") not in [
        one["RoleName"] for one in target.client("iam").list_roles()["Roles"]
    ]


@pytest.mark.parametrize(
    "repository", ["tiza", "*/*", "school/tiza:ref", "school/*", "https://git/school/tiza", ""]
)
def test_a_repository_that_could_mean_others_is_refused(repository: str) -> None:
    with pytest.raises(DeployError):
        deploy_role.trust(PLACE, repository, "prod")


def test_the_immutable_form_of_a_repository_is_taken_as_it_is() -> None:
    trust = deploy_role.trust(PLACE, "school@123/tiza@456", "prod")
    (condition,) = [statement["Condition"] for statement in trust["Statement"]]
    assert condition == {
        "StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:school@123/tiza@456:environment:prod",
        }
    }


def test_the_records_of_a_domain_are_told(target: Target) -> None:
    with_options(target, MailDomain="new.example")
    assert "first deployment" in by_hand.mail_identity(target).text
    asked: Asked = target.asked  # type: ignore[attr-defined]
    pending = {"VerifiedForSendingStatus": False, "DkimAttributes": {"Tokens": ["abc", "def"]}}
    asked.answer("sesv2", "GetEmailIdentity", pending)
    told = by_hand.mail_identity(target)
    assert told.state == by_hand.BY_HAND
    assert "abc._domainkey.new.example CNAME abc.dkim.amazonses.com" in told.text
    pending["VerifiedForSendingStatus"] = True
    assert by_hand.mail_identity(target).state == by_hand.DONE


def test_a_certificate_is_asked_for_once_and_its_record_told(target: Target) -> None:
    target.config["stages"]["prod"]["api_gateway_custom_domain"] = {"domain_name": "api.tiza.example"}
    account = bootstrap.Account(target, None, only_look=False)
    assert account.certificate().state == by_hand.MADE
    assert account.certificate().state in (by_hand.DONE, by_hand.BY_HAND)
    found = target.client("acm").list_certificates()["CertificateSummaryList"]
    assert [one["DomainName"] for one in found] == ["api.tiza.example"]
    target.client("acm").delete_certificate(CertificateArn=found[0]["CertificateArn"])


def test_who_is_told_of_alarms_is_found_out(target: Target) -> None:
    with_options(target, AlarmAddress="operator@tiza.example")
    assert "first deployment" in by_hand.alarm_receiver(target).text
    sns = target.client("sns")
    topic = sns.create_topic(Name="tiza-prod-alarms")["TopicArn"]
    try:
        assert "click" in by_hand.alarm_receiver(target).text
        sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="operator@tiza.example")
        assert by_hand.alarm_receiver(target).state == by_hand.DONE
    finally:
        sns.delete_topic(TopicArn=topic)


def test_the_command_says_what_is_wrong(aws_server: LocalAws, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--stage", "prod", "--endpoint", aws_server.endpoint, "--check"]
    assert bootstrap.main([*place, "--repository", "*/*"]) == 1
    assert "owner/name" in capsys.readouterr().err
    assert bootstrap.main(["--stage", "dev", "--endpoint", aws_server.endpoint]) == 1


def test_the_policy_fits_and_touches_no_other_stage() -> None:
    policy = deploy_role.policy(PLACE, "prod")
    text = json.dumps(policy, separators=(",", ":"))
    assert len(text) <= deploy_role.MOST_CHARACTERS
    assert "*" not in [action for statement in policy["Statement"] for action in statement["Action"]]
    for statement in policy["Statement"]:
        named = [one for one in statement["Resource"] if one != "*"]
        is_api = statement["Sid"] == "Api"
        assert all(is_api or "tiza-prod" in one or "parameter/tiza/prod" in one for one in named)
    everywhere = {one["Sid"] for one in policy["Statement"] if "*" in one["Resource"]}
    assert everywhere == {"Mappings", "Mail", "Listings"}
    others = [
        "arn:aws:lambda:eu-west-1:123456789012:function:tiza-staging",
        "arn:aws:lambda:eu-west-1:123456789012:function:tiza-production",
        "arn:aws:iam::123456789012:role/tiza-deploy-prod",
        "arn:aws:s3:::tiza-prod-photos-123456789012/photos/a.jpg",
        "arn:aws:ssm:eu-west-1:123456789012:parameter/tiza/production/token_keys",
    ]
    reached = [one for statement in policy["Statement"] for one in statement["Resource"] if one != "*"]
    assert [each for each in others if any(fnmatch.fnmatchcase(each, one) for one in reached)] == []


def test_cloudfront_is_reached_only_where_pages_are_hosted() -> None:
    without, hosting = (deploy_role.policy(PLACE, "prod", hosts_pages=each) for each in (False, True))
    assert "cloudfront" not in json.dumps(without)
    assert len(json.dumps(hosting, separators=(",", ":"))) <= deploy_role.MOST_CHARACTERS
    more = [one for one in hosting["Statement"] if one not in without["Statement"]]
    assert "cloudfront:CreateInvalidation" in {action for one in more for action in one["Action"]}
    reached = {resource for statement in more for resource in statement["Resource"]}
    assert {one for one in reached if "tiza-prod-" not in one} == {
        f"arn:aws:cloudfront::123456789012:{kind}/*"
        for kind in ("distribution", "origin-access-control", "response-headers-policy")
    }


def test_all_that_a_deployment_calls_is_allowed() -> None:
    allowed = [
        action
        for statement in deploy_role.policy(PLACE, "prod")["Statement"]
        for action in statement["Action"]
    ]
    called = _called_by_chalice() | _called_by_us()
    assert {"lambda:CreateFunction", "apigateway:PUT", "s3:PutObject", "iam:PutRolePolicy"} <= called
    assert sorted(one for one in called if not any(fnmatch.fnmatchcase(one, each) for each in allowed)) == []
    # And no more; what the stack needs, CloudFormation alone knows.
    direct = {
        one for one in allowed if one.split(":")[0] in ("lambda", "iam", "events", "logs", "apigateway")
    }
    assert direct - called == {
        "iam:PassRole",
        "lambda:GetFunctionConfiguration",
        "logs:FilterLogEvents",
    }  # in others' calls, waiters, and `chalice logs`


@functools.cache
def _operations() -> dict[str, set[str]]:
    """What IAM calls each operation of the services, by boto3's name of it."""
    found: dict[str, set[str]] = {}
    session = boto3.Session()
    for service in SERVICES:
        client = session.client(service, region_name="eu-west-1")
        for method, operation in client.meta.method_to_api_mapping.items():
            action = f"{service}:{operation}"
            if service == "apigateway":
                action = f"apigateway:{client.meta.service_model.operation_model(operation).http['method']}"
            found.setdefault(method, set()).add(IAM_NAMES.get(action, action))
    return found


def _called_by_chalice() -> set[str]:
    """What Chalice's deployer calls for the kinds of resources that Tiza has."""
    folder = Path(chalice.deploy.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.py")]
    pattern = r"method_name='(\w+)'|_client\.(\w+)\("
    pending = {name for text in texts for pair in re.findall(pattern, text) for name in pair if name}
    tree = ast.parse(inspect.getsource(TypedAWSClient))
    bodies = {one.name: ast.unparse(one) for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
    done: set[str] = set()
    called: set[str] = set()
    while pending:
        name = pending.pop()
        done.add(name)
        if name not in bodies or UNUSED.search(name):
            continue
        pending |= set(re.findall(r"self\.(\w+)", bodies[name])) - done
        for service, method in _calls_in(bodies[name]):
            called |= {one for one in _operations().get(method, ()) if one.split(":")[0] == service}
    return called


def _calls_in(body: str) -> Iterator[tuple[str, str]]:
    """The service and the method of each call of a client in one method of Chalice's."""
    services = set(re.findall(r"self\._client\('(\w+)'\)", body)) & set(SERVICES)
    for method in re.findall(r"\.(\w+)\b", body):
        for service in services:
            yield service, method


def _called_by_us() -> set[str]:
    """What `dev/deploy` and the resources stack call themselves; of several services with it, any will do."""
    deploy = CHECKOUT / "dev" / "deploy"
    paths = [*deploy.glob("*.py"), *deploy.glob("hook/*.py"), CHECKOUT / "dev" / "aws" / "stack.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths if path.name not in BY_OTHERS)
    names = re.findall(r"(?:\.|\")([a-z]+(?:_[a-z0-9]+)+)\b", text)
    called = set()
    for name in names:
        actions = _operations().get(name, set())
        if len(actions) == 1:
            called |= actions
    return called
