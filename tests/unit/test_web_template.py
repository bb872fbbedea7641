"""Where the pages are hosted: nothing unless asked for, and then as on a developer's machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

import pytest

from dev import pages
from dev.aws import template, template_web
from dev.aws.resolve import Place, Resolver
from dev.postgres import CHECKOUT

NODE = shutil.which("node", path=f"{os.environ['PATH']}{os.pathsep}{CHECKOUT / '.venv' / 'bin'}")
PLACE = Place("aws", "eu-west-1", "123456789012")
VALUES = {"Stage": "prod", "CorsOrigins": "https://a.example", "MailFrom": "no-reply@a.example"}
HOSTED = {**VALUES, "WebHosting": "on", "WebApiOrigin": "https://api.a.example"}
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1"
OWN = {**HOSTED, "WebDomain": "app.a.example", "WebCertificateArn": CERTIFICATE}
PHOTOS = "tiza-prod-photos-123456789012"
FILES = f"https://{PHOTOS}.s3.eu-west-1.amazonaws.com https://{PHOTOS}.s3.amazonaws.com"
RUN = "console.log(JSON.stringify(JSON.parse(process.argv[1]).map(uri => handler({request: {uri}}).uri)))"
PATHS = {
    "/": "/index.html",
    "/classes/01938e4e/students": "/index.html",
    "/v1.0/classes": "/index.html",
    "/classes/": "/index.html",
    "/index.html": "/index.html",
    "/icon.svg": "/icon.svg",
    "/assets/index-NQGVY2DY.css": "/assets/index-NQGVY2DY.css",
    "/assets/gone.js": "/assets/gone.js",
}


def made(values: dict[str, str]) -> dict[str, Any]:
    """The properties of what is there for pages with these parameters, by logical id."""
    resources = Resolver(template.build(), PLACE, values).resources()
    return {one.logical_id: one.properties for one in resources if one.logical_id.startswith("Web")}


@pytest.mark.parametrize(
    "values",
    [VALUES, {**VALUES, "WebApiOrigin": "https://api.a.example"}, {**VALUES, "WebHosting": "on"}],
    ids=["not asked for", "off", "no API yet"],
)
def test_nothing_is_made_where_nothing_can_be_hosted(values: dict[str, str]) -> None:
    assert made(values) == {}


def test_the_stack_of_a_stage_without_pages_is_as_before() -> None:
    """No other resource knows of the pages, and no output either."""
    document = template.build()
    others = {name: one for name, one in document["Resources"].items() if not name.startswith("Web")}
    assert "Web" not in json.dumps(others)
    assert {one.get("Condition") for name, one in document["Outputs"].items() if "Web" in name} == {
        "HostsWeb"
    }


def test_the_headers_are_those_of_a_developers_machine() -> None:
    policy = made(HOSTED)["WebHeaders"]["ResponseHeadersPolicyConfig"]
    security = policy["SecurityHeadersConfig"]
    assert security.pop("StrictTransportSecurity")["AccessControlMaxAgeSec"] >= 31_536_000
    sent = {one["Header"]: one["Value"] for one in policy["CustomHeadersConfig"]["Items"]}
    sent["Content-Security-Policy"] = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    sent["Referrer-Policy"] = security["ReferrerPolicy"]["ReferrerPolicy"]
    sent["X-Content-Type-Options"] = "nosniff" if "ContentTypeOptions" in security else None
    assert sent == pages.security_headers("https://api.a.example", FILES)
    assert all(one["Override"] for one in (*security.values(), *policy["CustomHeadersConfig"]["Items"]))


def test_only_the_distribution_reads_the_bucket() -> None:
    found = made(HOSTED)
    bucket, statements = found["WebBucket"], found["WebBucketPolicy"]["PolicyDocument"]["Statement"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    [reads] = [one for one in statements if one["Effect"] == "Allow"]
    assert (reads["Principal"], reads["Action"]) == ({"Service": "cloudfront.amazonaws.com"}, "s3:GetObject")
    assert reads["Resource"] == f"arn:aws:s3:::{bucket['BucketName']}/*"
    own = "arn:aws:cloudfront::123456789012:distribution/WebDistribution"
    assert reads["Condition"] == {"StringEquals": {"AWS:SourceArn": own}}
    [denied] = [one for one in statements if one["Effect"] == "Deny"]
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_distribution_sends_by_tls_alone_and_keeps_no_log() -> None:
    found = made(HOSTED)
    config = found["WebDistribution"]["DistributionConfig"]
    [origin] = config["Origins"]
    assert origin["DomainName"] == f"{found['WebBucket']['BucketName']}.s3.eu-west-1.amazonaws.com"
    assert origin["OriginAccessControlId"] == "WebAccess"
    behaviour = config["DefaultCacheBehavior"]
    assert behaviour["TargetOriginId"] == origin["Id"]
    assert behaviour["ViewerProtocolPolicy"] == "redirect-to-https"
    assert behaviour["AllowedMethods"] == ["GET", "HEAD"]
    assert behaviour["Compress"] is True
    assert behaviour["ResponseHeadersPolicyId"] == "WebHeaders"
    assert behaviour["FunctionAssociations"][0]["FunctionARN"].endswith(":function/tiza-prod-web")
    assert config["HttpVersion"] == "http2and3"
    assert "Logging" not in config


def test_a_domain_of_its_own_has_its_certificate_and_no_old_tls() -> None:
    given = made(HOSTED)["WebDistribution"]["DistributionConfig"]
    own = made(OWN)["WebDistribution"]["DistributionConfig"]
    assert (given["Aliases"], given["ViewerCertificate"]) == (None, {"CloudFrontDefaultCertificate": True})
    assert own["Aliases"] == ["app.a.example"]
    assert own["ViewerCertificate"] == {
        "AcmCertificateArn": CERTIFICATE,
        "MinimumProtocolVersion": "TLSv1.2_2021",
        "SslSupportMethod": "sni-only",
    }


@pytest.mark.skipif(NODE is None, reason="Needs Node.")
def test_paths_that_the_pages_make_up_get_the_index() -> None:
    """The function that CloudFront runs, run by Node."""
    program = template_web.FUNCTION.read_text(encoding="utf-8") + RUN
    command = [str(NODE), "--eval", program, json.dumps(list(PATHS))]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    assert dict(zip(PATHS, json.loads(done.stdout), strict=True)) == PATHS
