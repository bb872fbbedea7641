"""Of the template: where the pages of `web/` are hosted. A private bucket behind CloudFront; off by default.

Nothing of it is made while `WebHosting` is off, or as long as nobody knows the API's address, which the
content security policy of the pages names. CloudFront keeps no log: it would hold addresses of children.
"""

from __future__ import annotations

from pathlib import Path

from dev import pages
from dev.aws import template_photos
from dev.aws.cfn import PRIVATE, Json, arn_of, is_given, policy, sub, tls_only

BUCKET = "tiza-${Stage}-web-${AWS::AccountId}"
NAME = "tiza-${Stage}-web"
ON = "on"
HOSTED = {"Condition": "HostsWeb"}
ORIGIN = "pages"
FUNCTION = Path(__file__).with_suffix(".js")
# AWS's own policy CachingOptimized: compressed as the browser likes it, kept as long as the file says, but
# for a second at least; neither query nor cookies reach the bucket.
CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
TLS = "TLSv1.2_2021"
# Presigned addresses name the region, but in us-east-1.
FILES = " ".join(
    f"https://{template_photos.BUCKET}.{host}"
    for host in ("s3.${AWS::Region}.amazonaws.com", "s3.amazonaws.com")
)
# These have fields of their own in a policy of CloudFront's, which takes them nowhere else.
SECURITY_FIELDS = {
    "Content-Security-Policy": ("ContentSecurityPolicy", "ContentSecurityPolicy"),
    "Referrer-Policy": ("ReferrerPolicy", "ReferrerPolicy"),
    "X-Content-Type-Options": ("ContentTypeOptions", None),  # has one value only
}


def build() -> Json:
    """The bucket, what may read it, and the distribution."""
    return {
        "WebBucket": {"Type": "AWS::S3::Bucket", **HOSTED, "Properties": _bucket()},
        "WebBucketPolicy": {"Type": "AWS::S3::BucketPolicy", **HOSTED, "Properties": _bucket_policy()},
        "WebAccess": {
            "Type": "AWS::CloudFront::OriginAccessControl",
            **HOSTED,
            "Properties": {
                "OriginAccessControlConfig": {
                    "Name": sub(NAME),
                    "OriginAccessControlOriginType": "s3",
                    "SigningBehavior": "always",
                    "SigningProtocol": "sigv4",
                }
            },
        },
        "WebFunction": {
            "Type": "AWS::CloudFront::Function",
            **HOSTED,
            "Properties": {
                "Name": sub(NAME),
                "AutoPublish": True,
                "FunctionCode": FUNCTION.read_text(encoding="utf-8"),
                "FunctionConfig": {
                    "Comment": "Paths that the pages make up get the index",
                    "Runtime": "cloudfront-js-2.0",
                },
            },
        },
        "WebHeaders": {
            "Type": "AWS::CloudFront::ResponseHeadersPolicy",
            **HOSTED,
            "Properties": {"ResponseHeadersPolicyConfig": _headers()},
        },
        "WebDistribution": {
            "Type": "AWS::CloudFront::Distribution",
            **HOSTED,
            "Properties": {"DistributionConfig": _distribution()},
        },
    }


def parameters() -> Json:
    """The stack's parameters that speak of it."""
    return {
        "WebHosting": {
            "Type": "String",
            "AllowedValues": ["off", ON],
            "Default": "off",
            "Description": "Whether the pages are hosted here.",
        },
        "WebApiOrigin": {
            "Type": "String",
            "Default": "",
            "Description": "The origin of the API that the pages may call; the deployment fills it in.",
        },
        "WebDomain": {
            "Type": "String",
            "Default": "",
            "Description": "The pages' own domain. Empty: the one that CloudFront gives.",
        },
        "WebCertificateArn": {
            "Type": "String",
            "Default": "",
            "Description": "The certificate of that domain, in us-east-1, where CloudFront looks for it.",
        },
    }


def conditions() -> Json:
    """When it is made, and when it has a domain of its own."""
    return {
        "HostsWeb": {
            "Fn::And": [{"Fn::Equals": [{"Ref": "WebHosting"}, ON]}, is_given("WebApiOrigin")],
        },
        "HasWebDomain": is_given("WebCertificateArn"),  # the deployment refuses the one without the other
    }


def outputs() -> Json:
    """What the deployment and the owner of the domain need to know."""
    given = sub("https://${WebDistribution.DomainName}")
    values: Json = {
        "WebBucket": {"Ref": "WebBucket"},
        "WebDistribution": {"Ref": "WebDistribution"},
        "WebAddress": {"Fn::If": ["HasWebDomain", sub("https://${WebDomain}"), given]},
        "WebTarget": {"Fn::GetAtt": ["WebDistribution", "DomainName"]},  # of the domain's CNAME
    }
    return {name: {**HOSTED, "Value": value} for name, value in values.items()}


def _bucket() -> Json:
    """Without versions: all of it can be built again from its commit."""
    return {"BucketName": sub(BUCKET), **PRIVATE}


def _bucket_policy() -> Json:
    """This distribution alone may read; nobody may list, so that a file that is not there is a 403."""
    objects = sub(f"arn:${{AWS::Partition}}:s3:::{BUCKET}/*")
    own = sub("arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${WebDistribution}")
    reads = {
        "Sid": "CloudFront",
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": objects,
        "Condition": {"StringEquals": {"AWS:SourceArn": own}},
    }
    return {
        "Bucket": {"Ref": "WebBucket"},
        "PolicyDocument": policy([reads, tls_only("s3:*", [arn_of("WebBucket"), objects])]),
    }


def _headers() -> Json:
    """What `dev/pages.py` sends, and that browsers shall come by TLS alone from then on."""
    security: Json = {
        "StrictTransportSecurity": {
            "AccessControlMaxAgeSec": pages.A_YEAR,
            "IncludeSubdomains": False,
            "Preload": False,
            "Override": True,
        }
    }
    others = []
    for name, value in pages.security_headers("${WebApiOrigin}", FILES).items():
        text = sub(value) if "${" in value else value
        if name in SECURITY_FIELDS:
            section, field = SECURITY_FIELDS[name]
            security[section] = {"Override": True} if field is None else {field: text, "Override": True}
        else:
            others.append({"Header": name, "Value": text, "Override": True})
    return {
        "Name": sub(NAME),
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": {"Items": others},
    }


def _distribution() -> Json:
    own: Json = {
        "AcmCertificateArn": {"Ref": "WebCertificateArn"},
        "MinimumProtocolVersion": TLS,
        "SslSupportMethod": "sni-only",
    }
    return {
        "Comment": sub("Tiza ${Stage}: pages"),
        "Enabled": True,
        "HttpVersion": "http2and3",
        "IPV6Enabled": True,
        "PriceClass": "PriceClass_100",
        "Aliases": {"Fn::If": ["HasWebDomain", [{"Ref": "WebDomain"}], {"Ref": "AWS::NoValue"}]},
        "ViewerCertificate": {"Fn::If": ["HasWebDomain", own, {"CloudFrontDefaultCertificate": True}]},
        "Origins": [
            {
                "Id": ORIGIN,
                "DomainName": {"Fn::GetAtt": ["WebBucket", "RegionalDomainName"]},
                "OriginAccessControlId": {"Fn::GetAtt": ["WebAccess", "Id"]},
                "S3OriginConfig": {"OriginAccessIdentity": ""},  # the older way in: not used, but asked for
            }
        ],
        "DefaultCacheBehavior": {
            "TargetOriginId": ORIGIN,
            "ViewerProtocolPolicy": "redirect-to-https",
            "AllowedMethods": ["GET", "HEAD"],
            "Compress": True,
            "CachePolicyId": CACHING_OPTIMIZED,
            "ResponseHeadersPolicyId": {"Ref": "WebHeaders"},
            "FunctionAssociations": [
                {
                    "EventType": "viewer-request",
                    "FunctionARN": {"Fn::GetAtt": ["WebFunction", "FunctionARN"]},
                }
            ],
        },
    }
