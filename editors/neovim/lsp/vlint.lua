-- vlint for Neovim 0.11 and later, in the form that nvim-lspconfig uses too. With this file in `lsp/` of a directory on
-- 'runtimepath' (as ~/.config/nvim is), one line in init.lua switches it on: vim.lsp.enable("vlint")

---@type vim.lsp.Config
return {
  cmd = { "vlint", "server" },
  filetypes = { "python", "toml", "json", "jsonc", "requirements", "text", "conf", "pip" },
  root_markers = { "vercel.json", "Pipfile", "requirements.txt", "pyproject.toml", ".git" },
  settings = {
    -- Over the project's own settings:
    -- vlint = { platform = "2026-08", select = { "VL1", "VL2" }, ignore = { "VL108" }, codeLens = { enable = false } },
  },
}
