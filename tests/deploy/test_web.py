"""The pages go where the stage hosts them: against the local AWS, whose stack is the real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dev import pages
from dev.aws import server, stack
from dev.deploy import web
from dev.deploy.state import State
from dev.deploy.target import DeployError, Target

pytestmark = pytest.mark.xdist_group("web")

API = "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/api"
BUCKET = "tiza-prod-web-123456789012"
INDEX = f'<head>{pages.API_META}<script src="/assets/{{}}"></script></head>'
VALUES = {"CorsOrigins": "https://app.a.example", "MailFrom": "no-reply@a.example", "WebHosting": "on"}
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1"


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    """Stage `prod`, whose API stands and whose stack has a place for pages."""
    with server.start() as local:
        target = hosting(Target("prod", local.endpoint))
        State(target).ensure_bucket()
        target.client("ssm").put_parameter(Name="/tiza/prod/api_url", Value=API, Type="String")
        stack.create(target.endpoint, target.stage, web.stack_values(target), region=target.region)
        yield target


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A first build."""
    monkeypatch.setattr(pages, "BUILT", tmp_path)
    (tmp_path / "assets").mkdir()
    (tmp_path / "icon.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "assets" / "index-0.css").write_text("a {}", encoding="utf-8")
    build(tmp_path, 1)
    return tmp_path


def build(folder: Path, number: int) -> None:
    """Build anew: another script, under another name."""
    for old in folder.glob("assets/*.js"):
        old.unlink()
    name = f"index-{number}.js"
    (folder / "assets" / name).write_text(f"console.log({number})", encoding="utf-8")
    (folder / pages.INDEX).write_text(INDEX.format(name), encoding="utf-8")


def hosting(target: Target, **values: str) -> Target:
    """`target` with these beside what its stack needs."""
    target.config["stages"][target.stage]["tiza"] = {"stack": {**VALUES, **values}}
    return target


def keys(target: Target) -> set[str]:
    return {one["Key"] for one in target.pages("s3", "list_objects_v2", "Contents", Bucket=BUCKET)}


def changes(target: Target, since: int = 0) -> list[str]:
    """What was put into or taken from the bucket of the pages, and asked of CloudFront, in order."""
    calls = httpx.get(f"{target.endpoint}/local/calls", params={"since": since}).json()
    return [
        f"{call['method']} {call['path'].partition('?')[0].rpartition(BUCKET)[2]}"
        for call in calls
        if call["method"] in ("PUT", "DELETE", "POST")
        and (f"/{BUCKET}/" in call["path"] or call["service"] == "cloudfront")
    ]


def count(target: Target) -> int:
    return len(httpx.get(f"{target.endpoint}/local/calls").json())


def test_all_is_there_before_the_index_and_again_changes_nothing(target: Target, built: Path) -> None:
    before = count(target)
    address = web.run(target)
    [distribution] = target.client("cloudfront").list_distributions()["DistributionList"]["Items"]
    assert address == f"https://{distribution['DomainName']}"
    *files, invalidation = changes(target, before)
    assert files == ["PUT /assets/index-0.css", "PUT /assets/index-1.js", "PUT /icon.svg", "PUT /index.html"]
    assert invalidation == f"POST /2020-05-31/distribution/{distribution['Id']}/invalidation"
    before = count(target)
    assert web.run(target) == address
    assert changes(target, before) == []


def test_files_are_sent_as_a_developers_machine_sends_them(target: Target, built: Path) -> None:
    web.run(target)
    with pages.Pages("127.0.0.1", 0, api=API, files="https://files.example", users=[]) as served:
        for key in keys(target):
            mine = target.client("s3").get_object(Bucket=BUCKET, Key=key)
            theirs = httpx.get(f"{served.address}/{key}")
            assert mine["Body"].read() == theirs.content
            assert mine["ContentType"] == theirs.headers["Content-Type"]
            assert mine["CacheControl"] == theirs.headers["Cache-Control"]
            assert ("immutable" in mine["CacheControl"]) == key.startswith("assets/")


def test_the_files_of_the_build_before_stay_and_older_ones_go(target: Target, built: Path) -> None:
    scripts = []
    for number in (11, 12, 12, 13):  # what is deployed twice is one build
        build(built, number)
        web.run(target)
        scripts.append({key for key in keys(target) if key.endswith(".js")})
    both = [{f"assets/index-{number}.js" for number in numbers} for numbers in ((11, 12), (12, 13))]
    assert scripts[1:] == [both[0], both[0], both[1]]
    index = target.client("s3").get_object(Bucket=BUCKET, Key="index.html")["Body"].read().decode()
    assert f'content="{API}"' in index
    assert "index-13.js" in index


def test_where_no_build_was_noted_none_is_taken_from_those_who_have_it(target: Target, built: Path) -> None:
    web.run(target)
    there = keys(target)
    target.client("s3").delete_object(Bucket=State(target).bucket, Key=web.KEY)
    build(built, 21)
    web.run(target)
    assert keys(target) == {*there, "assets/index-21.js"}


def test_what_was_changed_by_hand_is_put_right(target: Target, built: Path) -> None:
    web.run(target)
    s3 = target.client("s3")
    s3.put_object(Bucket=BUCKET, Key="assets/index-1.js", Body=b"console.log(1)", CacheControl="no-cache")
    before = count(target)
    web.run(target)
    assert changes(target, before) == ["PUT /assets/index-1.js"]  # an asset needs no invalidation


def test_the_address_is_written_down_and_what_is_left_to_do_is_said(
    target: Target, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = web.run(target)
    assert target.client("ssm").get_parameter(Name="/tiza/prod/web_url")["Parameter"]["Value"] == address
    assert f"put {address} first into CorsOrigins" in capsys.readouterr().err
    target.client("ssm").put_parameter(
        Name="/tiza/prod/web_url", Value="https://www.a.example", Type="String", Overwrite=True
    )
    try:
        web.run(hosting(target, CorsOrigins=f"{address},https://app.a.example"))
        told = capsys.readouterr().err
        assert "https://www.a.example" in told
        assert "CorsOrigins" not in told
    finally:
        hosting(target)
        target.client("ssm").delete_parameter(Name="/tiza/prod/web_url")


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"WebHosting": "off"}, "hosts no pages"),
        ({"WebDomain": "app.a.example"}, "go together"),
        ({"WebDomain": "app.a.example", "WebCertificateArn": CERTIFICATE.replace("us", "eu")}, "us-east-1"),
        ({"WebDomain": "www.a.example", "WebCertificateArn": CERTIFICATE}, "https://www.a.example"),
    ],
    ids=["off", "no certificate", "elsewhere", "not an origin"],
)
def test_what_could_not_work_is_refused(
    target: Target, built: Path, values: dict[str, str], fault: str
) -> None:
    try:
        with pytest.raises(DeployError, match=fault):
            web.run(hosting(target, **values))
    finally:
        hosting(target)


def test_pages_that_are_not_built_are_refused(
    target: Target, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (built / pages.INDEX).unlink()
    with pytest.raises(DeployError, match="make web"):
        web.run(target)
    assert web.main(["--stage", "prod", "--endpoint", str(target.endpoint), "--hosted"]) == 1
    assert capsys.readouterr().err == ""


def test_turned_off_nothing_of_it_stays(target: Target, built: Path) -> None:
    web.run(target)
    try:
        values = web.stack_values(hosting(target, WebHosting="off"))
        web.make_room(target, values)
        stack.create(target.endpoint, target.stage, values, region=target.region)
        assert BUCKET not in [one["Name"] for one in target.client("s3").list_buckets()["Buckets"]]
        assert target.client("cloudfront").list_distributions()["DistributionList"]["Quantity"] == 0
        assert "WebBucket" not in stack.outputs(target.client("cloudformation"), "prod")
    finally:
        values = web.stack_values(hosting(target))
        stack.create(target.endpoint, target.stage, values, region=target.region)
    web.run(target)
    assert "index.html" in keys(target)
