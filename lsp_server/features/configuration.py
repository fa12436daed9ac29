"""The editor's settings: taken from the start of the conversation, asked for, and taken in again when they change."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from lsp_server.client_settings import SECTION
from lsp_server.features.lens import can_refresh
from lsp_server.uris import from_path

if TYPE_CHECKING:
    from typing import Any

    from lsp_server.server import VlintServer


def register(server: VlintServer) -> None:
    """Register the feature."""
    tasks: set[asyncio.Task[None]] = set()

    def ask_again() -> None:
        task = asyncio.ensure_future(_ask(server))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def changed(params: types.DidChangeConfigurationParams) -> None:
        settings: Any = server.protocol._converter.unstructure(params.settings)
        if isinstance(settings, dict) and settings:
            server.configuration.update(settings)
            server.sessions.configure()
            _refresh_lenses(server)
        if _can_be_asked(server):
            ask_again()

    def start() -> None:
        if _can_be_asked(server):
            ask_again()
        workspace = server.client_capabilities.workspace
        changes = workspace.did_change_configuration if workspace else None
        if changes is not None and changes.dynamic_registration:
            options = types.DidChangeConfigurationRegistrationOptions(SECTION)
            registration = types.Registration("vlint settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, options)
            server.client_register_capability(types.RegistrationParams([registration]))

    server.on_initialized.append(start)


def _can_be_asked(server: VlintServer) -> bool:
    workspace = server.client_capabilities.workspace
    return bool(workspace and workspace.configuration)


async def _ask(server: VlintServer) -> None:
    """Take in the settings of the window and of each folder."""
    folders = server.sessions.directories
    scopes = [None, *map(from_path, folders)]
    items = [types.ConfigurationItem(scope, SECTION) for scope in scopes]
    try:
        answers = await server.workspace_configuration_async(types.ConfigurationParams(items))
    except Exception as error:
        server.failures.report(error)
        return
    for folder, answer in zip([None, *folders], answers, strict=False):
        settings = server.protocol._converter.unstructure(answer)
        if settings is not None:
            server.configuration.update(settings, folder)
    server.sessions.configure()
    _refresh_lenses(server)


def _refresh_lenses(server: VlintServer) -> None:
    """Have the client ask for code lenses anew, which it keeps while the document stays."""
    if can_refresh(server):
        server.workspace_code_lens_refresh(None)
