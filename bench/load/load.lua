-- wrk's script: `-- LOAD`. Two sources of requests:
--   $REQUESTS  a file with one request a line, method TAB path TAB header TAB body (body may be missing), drawn at random;
--   $TOKENS    a file of bearer tokens for the reference programs, whose ids follow data/gen.py.
local r = math.random
local load
local requests, tokens = {}, {}

local function lines(file, into)
  for line in io.lines(file) do into[#into + 1] = line end
  assert(#into > 0, file .. " is empty")
end

local function prepared(line)
  local method, path, header, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t?(.*)$")
  assert(path, "not method TAB path TAB header TAB body: " .. line)
  local name, value = header:match("^([^:]+):%s*(.*)$")
  local headers = {}
  if name then headers[name] = value end
  if body ~= "" then headers["Content-Type"] = "application/json" else body = nil end
  return wrk.format(method, path, headers, body)
end

local function auth() return { ["Authorization"] = "Bearer " .. tokens[r(#tokens)] } end
local function json() local h = auth(); h["Content-Type"] = "application/json"; return h end
local statuses = { "todo", "doing", "review", "done" }
local memo = "a short memo about the task, written by the mentee for the mentor to read"
local reference = {
  user   = function() return wrk.format("GET", "/api/users/" .. r(20000), auth()) end,
  list   = function() return wrk.format("GET", "/api/users/?limit=50&department_id=" .. r(200), auth()) end,
  tasks  = function() return wrk.format("GET", "/api/tasks/assigned?mentorship_id=" .. r(10000), auth()) end,
  home   = function() return wrk.format("GET", "/api/mentee/dashboard", auth()) end,
  memo   = function() return wrk.format("POST", "/api/memos", json(), '{"task_id":' .. r(200000) .. ',"content":"' .. memo .. '"}') end,
  status = function() return wrk.format("PUT", "/api/tasks/" .. r(200000) .. "/status", json(), '{"status":"' .. statuses[r(4)] .. '"}') end,
  page   = function() return wrk.format("GET", "/dashboard", { ["Cookie"] = "access_token=" .. tokens[r(#tokens)] }) end,
}

function init(args)
  load = args[1]
  math.randomseed(os.time())
  local file = os.getenv("REQUESTS")
  if file then
    local text = {}
    lines(file, text)
    for i, line in ipairs(text) do requests[i] = prepared(line) end
    if load == "status" then
      -- A task begins only once: in order, from where the last run stopped.
      local position = io.open(file:gsub("%.txt$", ".position"))
      local next = position and tonumber(position:read("*a")) or 0
      request = function() next = next + 1; return assert(requests[next], "all tasks have begun: fill again") end
    else
      request = function() return requests[r(#requests)] end
    end
  else
    lines(os.getenv("TOKENS"), tokens)
    request = assert(reference[load], "no such load: " .. load)
  end
end

function done(summary, latency)
  local file = os.getenv("REQUESTS")
  if file and file:match("status%.txt$") then
    local name = file:gsub("%.txt$", ".position")
    local before = io.open(name)
    local begun = (before and tonumber(before:read("*a")) or 0) + summary.requests + 200
    local after = io.open(name, "w"); after:write(begun); after:close()
  end
  local e = summary.errors
  io.write(string.format('JSON{"n":%d,"us":%d,"p50":%d,"p99":%d,"max":%d,"bytes":%d,"bad":%d,"err":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max, summary.bytes,
    e.status, e.connect + e.read + e.write + e.timeout))
end
