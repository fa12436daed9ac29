-- What the test does in Neovim: open a project, see diagnostics, apply a fix, save. What was seen is printed as JSON.
local root, command = vim.env.VLINT_TEST_ROOT, vim.fn.json_decode(vim.env.VLINT_TEST_COMMAND)
local seen = {}

local function codes()
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, diagnostic.code or diagnostic.user_data.lsp.code)
  end
  return found
end

local function has(code)
  return function() return vim.tbl_contains(codes(), code) end
end

vim.cmd('edit ' .. root .. '/Pipfile')
local client = vim.lsp.start_client({ name = 'vlint', cmd = command, root_dir = root })
vim.lsp.buf_attach_client(0, client)
seen.found = vim.wait(60000, has('VL301'), 20)
seen.before = codes()

local params = vim.lsp.util.make_range_params()
params.range = { start = { line = 0, character = 0 }, ['end'] = { line = 10, character = 0 } }
params.context = { diagnostics = {} }
local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 60000) or {}
for _, answer in pairs(answers) do
  for _, action in ipairs(answer.result or {}) do
    if vim.startswith(action.title, 'Write') then
      if action.edit == nil then
        local resolved = vim.lsp.buf_request_sync(0, 'codeAction/resolve', action, 60000) or {}
        for _, one in pairs(resolved) do action = one.result end
      end
      vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding)
      seen.action = action.title
      break
    end
  end
end

seen.fixed = vim.wait(60000, function() return not has('VL301')() end, 20)
vim.cmd('write')
seen.after = codes()
vim.lsp.stop_client(client)
io.stdout:write(vim.fn.json_encode(seen))
vim.cmd('quitall!')
