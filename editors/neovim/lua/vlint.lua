-- vlint for Neovim 0.7 to 0.10 (and later ones), without any plugin. With this file in `lua/` of a directory on
-- 'runtimepath' (as ~/.config/nvim is), one line in init.lua switches it on: require("vlint").setup()

local M = {}

-- What the platform reads, and so what vlint checks.
local FILES = {
  "*.py",
  "Pipfile",
  "Pipfile.lock",
  "pyproject.toml",
  "requirements*.txt",
  "requirements*.in",
  ".python-version",
  "package.json",
  "vercel.json",
  "vlint.toml",
}

local ROOTS = { "vercel.json", "Pipfile", "requirements.txt", "pyproject.toml", "api", ".git" }

local clients = {}

--- The nearest directory above a file that looks like a project, or nil.
local function root_of(path)
  local directory = vim.fn.fnamemodify(path, ":p:h")
  while true do
    for _, name in ipairs(ROOTS) do
      if vim.loop.fs_stat(directory .. "/" .. name) then
        return directory
      end
    end
    local parent = vim.fn.fnamemodify(directory, ":h")
    if parent == directory then
      return nil
    end
    directory = parent
  end
end

--- Start vlint for every project that is opened.
-- @param options a table; `cmd` is the program, `settings` goes over the project's own settings, `on_attach` is called
-- with the client and the buffer
function M.setup(options)
  options = options or {}
  local function attach(event)
    local root = root_of(vim.api.nvim_buf_get_name(event.buf))
    if not root then
      return
    end
    -- vim.lsp.start(), which does this, came with 0.8.
    if not clients[root] or vim.lsp.client_is_stopped(clients[root]) then
      clients[root] = vim.lsp.start_client({
        name = "vlint",
        cmd = options.cmd or { "vlint", "server" },
        root_dir = root,
        workspace_folders = { { uri = vim.uri_from_fname(root), name = vim.fn.fnamemodify(root, ":t") } },
        settings = { vlint = options.settings or vim.empty_dict() },
        on_attach = options.on_attach,
      })
    end
    if clients[root] then
      vim.lsp.buf_attach_client(event.buf, clients[root])
    end
  end
  local group = vim.api.nvim_create_augroup("vlint", { clear = true })
  vim.api.nvim_create_autocmd({ "BufReadPost", "BufNewFile" }, { group = group, pattern = FILES, callback = attach })
end

return M
