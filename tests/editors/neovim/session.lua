-- What a user does in Neovim: open a function, look at the findings, apply the fix, save. Prints what it saw as JSON.
-- The editor's vlint configuration has been loaded by the init file before.

local saw = { version = tostring(vim.fn.matchstr(vim.fn.execute("version"), "v[0-9.]*")) }

local function wait_for(what, condition)
  if not vim.wait(60000, condition, 20) then
    saw.missed = what
    io.stdout:write(vim.fn.json_encode(saw) .. "\n")
    vim.cmd("cquit 1")
  end
end

local function codes()
  return vim.tbl_map(function(diagnostic)
    return diagnostic.code or diagnostic.user_data.lsp.code
  end, vim.diagnostic.get(0))
end

vim.cmd("edit api/user.py")
wait_for("a finding", function()
  return #codes() > 0
end)
saw.before = codes()
local finding = vim.diagnostic.get(0)[1]
saw.line = finding.lnum + 1
saw.column = finding.col + 1
saw.text = vim.fn.getline(saw.line):sub(finding.col + 1, finding.end_col)

-- The actions at the finding, as the user's key for them asks for them.
vim.fn.cursor(saw.line, saw.column)
local client = vim.lsp.get_client_by_id(1)
local parameters = vim.lsp.util.make_range_params(0, client.offset_encoding)
parameters.context = { diagnostics = {} }
local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", parameters, 60000)
local action
for _, answer in pairs(answers or {}) do
  for _, offered in ipairs(answer.result or {}) do
    if not action and offered.kind == "quickfix" then
      action = offered
    end
  end
end
wait_for("a quick fix", function()
  return action ~= nil
end)
saw.title = action.title
if not action.edit then
  local resolved = vim.lsp.buf_request_sync(0, "codeAction/resolve", action, 60000)
  for _, answer in pairs(resolved or {}) do
    action = answer.result or action
  end
end
vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
wait_for("no finding", function()
  return #codes() == 0
end)
vim.cmd("write")
saw.saved = vim.fn.readfile("api/user.py")[saw.line]

io.stdout:write(vim.fn.json_encode(saw) .. "\n")
vim.cmd("quitall!")
