"""What is different at Azure OpenAI: the header of the key, and which models are listed.

See learn.microsoft.com, "Azure OpenAI REST API reference": a resource lists the models that could be deployed
there; a request names a deployment, which its owner named.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.addresses import host_of
from app.errors import UsageError

_ENDINGS = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")


def credentials(url: str, key: str) -> Mapping[str, str]:
    """The headers that carry a key.

    Args:
        url: the endpoint's base address.
        key: empty for none.
    """
    if not key:
        return {}
    return {"api-key": key} if _is_azure(url) else {"Authorization": f"Bearer {key}"}


def require_list(url: str) -> None:
    """Raise UsageError where an endpoint does not list what can be asked there."""
    if _is_azure(url):
        raise UsageError(
            "{host} does not list its deployments.",
            "Write the names of your deployments into the field of the models.",
            host=host_of(url),
        )


def _is_azure(url: str) -> bool:
    return host_of(url).lower().endswith(_ENDINGS)
