use zed_extension_api::{self as zed, settings::LspSettings, Command, LanguageServerId, Result, Worktree};

struct Vlint;

impl zed::Extension for Vlint {
    fn new() -> Self {
        Vlint
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let command = worktree
            .which("vlint")
            .ok_or("vlint is not on PATH: install it with `pip install vlint` or `pipx install vlint`")?;
        Ok(Command {
            command,
            args: vec!["server".into()],
            env: worktree.shell_env(),
        })
    }

    fn language_server_workspace_configuration(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<zed::serde_json::Value>> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree)?.settings;
        Ok(Some(zed::serde_json::json!({ "vlint": settings })))
    }
}

zed::register_extension!(Vlint);
