-- vlint for nvim-lspconfig before Neovim 0.11: require("vlint_lspconfig").setup() in init.lua, with the options that
-- every server of nvim-lspconfig takes. (From 0.11 on nvim-lspconfig uses lsp/vlint.lua itself.)

local M = {}

function M.setup(options)
  local configs = require("lspconfig.configs")
  local util = require("lspconfig.util")
  if not configs.vlint then
    configs.vlint = {
      default_config = {
        cmd = { "vlint", "server" },
        filetypes = { "python", "toml", "json", "requirements", "text", "conf" },
        root_dir = util.root_pattern("vercel.json", "Pipfile", "requirements.txt", "pyproject.toml", ".git"),
        settings = {},
      },
      docs = { description = "A linter for Python projects deployed as Vercel Functions." },
    }
  end
  require("lspconfig").vlint.setup(options or {})
end

return M
