'use strict';
// The page speaks docs/pairing.md, version 1. It is served over plain HTTP, where browsers offer no crypto.subtle: hence the cryptography below.
// What comes from the air (names of networks, texts of the node) is only ever set as textContent.

// --- Texts: English, Chinese ---

const TEXTS = {
  lang: ['中文', 'EN'],
  blink: ['Blink', '闪灯'],
  blinking: ['Blinking', '闪烁中'],
  dark: ['No light', '没有指示灯'],
  welcome: ['Set up this node: a minute, and nothing is changed until the new settings have worked.', '设置本节点：约一分钟；新设置验证成功之前不会改变任何内容。'],
  code: ['Code on the label', '标签上的代码'],
  enter: ['Continue', '继续'],
  checking: ['Checking ...', '正在验证…'],
  held: ['Wait {0} s', '请等待 {0} 秒'],
  e_code: ['6 to 16 letters and digits, as on the label.', '6 到 16 位字母和数字，见标签。'],
  wrong: ['Not the code of this node. Check the label.', '不是本节点的代码，请核对标签。'],
  false: ['What answers does not know the code: not the node it says it is.', '应答方不知道代码：不是它所声称的节点。'],
  other: ['This is another node now. Enter the code on its label.', '现在连接的是另一个节点，请输入其标签上的代码。'],
  away: ['{0} does not answer. Keep this page open, join its Wi-Fi again if the phone left it; this goes on by itself.', '{0} 没有应答。请保持本页打开；若手机已断开，请重新连接其 Wi-Fi，之后会自动继续。'],
  random: ['This browser has no safe random numbers. Open http://192.168.4.1 in Chrome, Firefox or Safari.', '此浏览器没有安全随机数。请用 Chrome、Firefox 或 Safari 打开 http://192.168.4.1。'],
  owned: ['This node works as {0}. New settings take the place of the old ones only once they have worked.', '本节点正以 {0} 工作。新设置验证成功后才会取代旧设置。'],
  close: ['Leave it as it is', '保持不变'],
  wifi: ['Wi-Fi', 'Wi-Fi'],
  scan: ['Search again', '重新搜索'],
  scanning: ['Searching ...', '正在搜索…'],
  none: ['No network found', '未找到网络'],
  ssid: ['Network name', '网络名称'],
  e_ssid: ['1 to 32 bytes, no blank at either end.', '1 到 32 字节，首尾不能有空格。'],
  password: ['Wi-Fi password', 'Wi-Fi 密码'],
  e_password: ['8 to 63 characters, no blank at either end; empty for an open network.', '8 到 63 个字符，首尾不能有空格；开放网络请留空。'],
  show: ['Show', '显示'],
  hide: ['Hide', '隐藏'],
  static: ['Static address', '静态地址'],
  address: ['Address', '地址'],
  mask: ['Prefix length or mask', '前缀长度或掩码'],
  gateway: ['Gateway', '网关'],
  dns: ['DNS server (empty: the gateway)', 'DNS 服务器（留空即网关）'],
  e_ip: ['An IPv4 address such as 192.168.1.50.', 'IPv4 地址，例如 192.168.1.50。'],
  e_mask: ['1 to 30, or a mask such as 255.255.255.0.', '1 到 30，或掩码如 255.255.255.0。'],
  broker: ['MQTT broker', 'MQTT 服务器'],
  host: ['Name or IP address', '域名或 IP 地址'],
  e_host: ['A name or an IPv4 address, without blanks and without a port.', '域名或 IPv4 地址，不含空格和端口。'],
  port: ['Port', '端口'],
  e_port: ['1 to 65535.', '1 到 65535。'],
  tls: ['Secure connection (TLS)', '安全连接 (TLS)'],
  ca: ['CA certificate', 'CA 证书'],
  cert: ["Node's certificate (if the broker wants one)", '节点证书（服务器要求时）'],
  key: ["Node's private key", '节点私钥'],
  e_pem: ['PEM text, at most 4,096 bytes.', 'PEM 文本，最多 4096 字节。'],
  e_pair: ['Certificate and key go together.', '证书和私钥须同时提供。'],
  file: ['From a file', '从文件读取'],
  user: ['User (empty: none)', '用户名（可留空）'],
  secret: ['Password of the user', '用户密码'],
  place: ['Place on the machine', '机器上的位置'],
  id: ['Identifier', '标识'],
  i_id: ['88, secondary node, enterprise, slash, suffix', '88、二级节点、企业、斜杠、后缀'],
  ok_id: ['Well formed.', '格式正确。'],
  e_id: ['88.<3 or 4 digits>.<1 to 20 letters or digits>/<suffix of letters, digits, _ . ->', '88.<3 或 4 位数字>.<1 至 20 位字母数字>/<后缀：字母、数字、_ . ->'],
  replace: ['This board replaces another one here', '本板用于替换此处的另一块板'],
  more: ['More settings', '更多设置'],
  root: ['Root of all topics', '主题根'],
  e_root: ['Letters, digits, - _ and / between them.', '字母、数字、- _，以 / 分隔。'],
  brokers: ['Further brokers', '备用服务器'],
  interval: ['Interval of readings, in seconds', '测量间隔（秒）'],
  e_interval: ['1 to 3600.', '1 到 3600。'],
  points: ['Points that must be there', '必须存在的测点'],
  sensor: ['Declared sensors, one a line', '声明的传感器，每行一个'],
  point: ['Machine data of points, one a line', '测点的机器数据，每行一个'],
  alarm: ['Alarms, one a line', '报警，每行一条'],
  ack: ['Readings are kept until', '读数保留至'],
  edge: ['the collector has stored them', '采集端已存储'],
  only: ['the broker has taken them', '服务器已接收'],
  ntp: ['Time server', '时间服务器'],
  raw: ['Other lines: further networks, led=...', '其他行：备用网络、led=…'],
  e_line: ['Each line: key=value', '每行格式：key=value'],
  e_size: ['All settings together: at most 4,096 bytes.', '全部设置合计最多 4096 字节。'],
  unpair: ['Unpair', '解除配对'],
  reset: ['Factory reset', '恢复出厂设置'],
  sure: ['Press again to confirm', '再按一次确认'],
  try: ['Test and save', '测试并保存'],
  trying: ['Testing', '正在测试'],
  sending: ['Sending', '正在发送'],
  patience: ['Up to half a minute. The Wi-Fi of the node may vanish for some seconds: the node keeps the result, and this page fetches it. If this window closes, join {0} again and open http://192.168.4.1', '最长约半分钟。节点的 Wi-Fi 可能消失数秒：节点会保留结果，本页会自动取回。若窗口关闭，请重新连接 {0} 并打开 http://192.168.4.1'],
  busy: ['The node tries other settings at the moment.', '节点正在试用其他设置。'],
  refused: ['The node refused this.', '节点拒绝了此操作。'],
  success: ['✓ The node is set up', '✓ 节点设置完成'],
  over: ['The node goes back to its work', '节点恢复工作'],
  blank: ['Done. The node waits for new settings.', '已完成，节点等待新的设置。'],
  network: ['Network', '网络'],
  taken: ['Time taken', '用时'],
  seconds: ['{0} s', '{0} 秒'],
  telling: ['Telling the node ...', '正在通知节点…'],
  bye: ['The Wi-Fi {0} goes away now. You can close this page.', 'Wi-Fi {0} 即将关闭，可以关闭本页。']
};
const HINTS = {/* hints.json */};
const ORDER = ['wifi', 'broker', 'identifier', 'birth']; // what a trial that works tells

let lang = /^zh/i.test(navigator.language || '') ? 1 : 0;
const $ = id => document.getElementById(id);

// Sets a text that follows the language: a key of TEXTS and its values, or a function that gives the words.
function say(element, key, ...values) {
  element.said = typeof key === 'function' ? key : () => TEXTS[key][lang].replace(/\{(\d)\}/g, (_, i) => values[i]);
  element.textContent = element.said();
}

function speak() {
  document.documentElement.lang = lang ? 'zh-CN' : 'en';
  document.querySelectorAll('*').forEach(e => { if (e.said) e.textContent = e.said(); });
}

const pair = text => () => text ? text[lang] : '';
const stageName = word => () => HINTS.stages[word] ? HINTS.stages[word][lang] : word;

// --- Cryptography: SHA-256 (FIPS 180-4), HMAC, PBKDF2, HKDF, AES-128-CBC (FIPS 197, SP 800-38A) ---

const ROOTS = [], CUBES = [];
for (let n = 2; CUBES.length < 64; n++) {
  let prime = true;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
  if (prime) {
    if (ROOTS.length < 8) ROOTS.push(Math.pow(n, 1 / 2) * 4294967296 | 0);
    CUBES.push(Math.pow(n, 1 / 3) * 4294967296 | 0);
  }
}

const utf8 = text => new TextEncoder().encode(text);
const text8 = bytes => new TextDecoder().decode(bytes);
const hex = bytes => Array.from(bytes, b => (b + 256).toString(16).slice(1)).join('');
const unhex = text => Uint8Array.from(text.match(/../g) || [], pair => parseInt(pair, 16));

function join(...parts) {
  const all = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}

function same(a, b) {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a[i] ^ b[i];
  return difference === 0;
}

function sha256(data) {
  const padded = new Uint8Array((data.length + 8 >> 6) + 1 << 6);
  padded.set(data);
  padded[data.length] = 128;
  const view = new DataView(padded.buffer), h = ROOTS.slice(), w = [];
  view.setUint32(padded.length - 4, data.length * 8);
  const turn = (x, n) => x >>> n | x << 32 - n;
  for (let at = 0; at < padded.length; at += 64) {
    let [a, b, c, d, e, f, g, k] = h;
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = view.getInt32(at + i * 4);
      else {
        const x = w[i - 15], y = w[i - 2];
        w[i] = (turn(x, 7) ^ turn(x, 18) ^ x >>> 3) + (turn(y, 17) ^ turn(y, 19) ^ y >>> 10) + w[i - 16] + w[i - 7] | 0;
      }
      const t = k + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + CUBES[i] + w[i];
      const u = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c);
      k = g; g = f; f = e; e = d + t | 0; d = c; c = b; b = a; a = t + u | 0;
    }
    [a, b, c, d, e, f, g, k].forEach((x, i) => { h[i] = h[i] + x | 0; });
  }
  h.forEach((x, i) => view.setInt32(i * 4, x));
  return padded.slice(0, 32);
}

function hmac(key, ...data) {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? sha256(key) : key);
  return sha256(join(block.map(b => b ^ 92), sha256(join(block.map(b => b ^ 54), ...data))));
}

// One block of 32 bytes of PBKDF2-HMAC-SHA256.
function pbkdf2(password, salt, iterations) {
  let u = hmac(password, salt, [0, 0, 0, 1]);
  const sum = u.slice();
  while (--iterations) {
    u = hmac(password, u);
    for (let i = 0; i < 32; i++) sum[i] ^= u[i];
  }
  return sum;
}

function expand(prk, info, length) {
  let all = new Uint8Array(0), last = all;
  for (let n = 1; all.length < length; n++) {
    last = hmac(prk, last, info, [n]);
    all = join(all, last);
  }
  return all.slice(0, length);
}

const BOX = new Uint8Array(256), UNBOX = new Uint8Array(256);
const twice = a => (a << 1 ^ (a >> 7) * 283) & 255;
for (let p = 1, q = 1, first = true; first || p !== 1; first = false) {
  p ^= twice(p);
  q ^= q << 1; q ^= q << 2; q ^= q << 4; q &= 255;
  if (q & 128) q ^= 9;
  const turn = n => q << n | q >> 8 - n;
  BOX[p] = q ^ turn(1) ^ turn(2) ^ turn(3) ^ turn(4) ^ 99;
}
BOX[0] = 99;
BOX.forEach((b, i) => { UNBOX[b] = i; });

function roundKeys(key) {
  const w = new Uint8Array(176);
  w.set(key);
  for (let i = 16, c = 1; i < 176; i += 4) {
    const t = i % 16 ? w.slice(i - 4, i) : [BOX[w[i - 3]] ^ c, BOX[w[i - 2]], BOX[w[i - 1]], BOX[w[i - 4]]];
    if (i % 16 === 0) c = twice(c);
    for (let j = 0; j < 4; j++) w[i + j] = w[i + j - 16] ^ t[j];
  }
  return w;
}

function mix(s) {
  for (let i = 0; i < 16; i += 4) {
    const [a, b, c, d] = s.slice(i, i + 4), e = a ^ b ^ c ^ d;
    s[i] ^= e ^ twice(a ^ b); s[i + 1] ^= e ^ twice(b ^ c); s[i + 2] ^= e ^ twice(c ^ d); s[i + 3] ^= e ^ twice(d ^ a);
  }
}

function unmix(s) {
  for (let i = 0; i < 16; i += 4) {
    const u = twice(twice(s[i] ^ s[i + 2])), v = twice(twice(s[i + 1] ^ s[i + 3]));
    s[i] ^= u; s[i + 1] ^= v; s[i + 2] ^= u; s[i + 3] ^= v;
  }
  mix(s);
}

function encryptBlock(w, block) {
  let s = block.map((b, i) => b ^ w[i]);
  for (let round = 1; round <= 10; round++) {
    s = s.map((_, i) => BOX[s[i * 5 % 16]]);
    if (round < 10) mix(s);
    s = s.map((b, i) => b ^ w[round * 16 + i]);
  }
  return s;
}

function decryptBlock(w, block) {
  let s = block;
  for (let round = 10; round > 0; round--) {
    s = s.map((b, i) => b ^ w[round * 16 + i]);
    if (round < 10) unmix(s);
    s = s.map((_, i) => UNBOX[s[i * 13 % 16]]);
  }
  return s.map((b, i) => b ^ w[i]);
}

function encrypt(key, iv, plain) {
  const padding = 16 - plain.length % 16, w = roundKeys(key);
  const out = join(plain, new Uint8Array(padding).fill(padding));
  for (let at = 0, last = iv; at < out.length; at += 16) {
    last = encryptBlock(w, out.slice(at, at + 16).map((b, i) => b ^ last[i]));
    out.set(last, at);
  }
  return out;
}

// The plaintext, or null where its padding is none.
function decrypt(key, iv, cipher) {
  const w = roundKeys(key), out = cipher.slice();
  for (let at = 0, last = iv; at < out.length; at += 16) {
    const block = cipher.slice(at, at + 16), before = last;
    out.set(decryptBlock(w, block).map((b, i) => b ^ before[i]), at);
    last = block;
  }
  const padding = out[out.length - 1];
  const sound = padding > 0 && padding < 17 && out.slice(-padding).every(b => b === padding);
  return sound ? out.slice(0, -padding) : null;
}

const big = n => [n >>> 24, n >>> 16 & 255, n >>> 8 & 255, n & 255];
const chance = count => crypto.getRandomValues(new Uint8Array(count));

function derive(secret, nodeNonce, ownNonce) {
  const okm = expand(hmac(join(nodeNonce, ownNonce), secret), utf8('sensors-pairing 1 keys'), 96);
  return { out: okm.slice(0, 16), outMac: okm.slice(16, 48), in: okm.slice(48, 64), inMac: okm.slice(64), sent: 0, got: 0 };
}

function seal(k, text, iv) {
  const head = join(big(++k.sent), iv), cipher = encrypt(k.out, iv, utf8(text));
  return join(head, cipher, hmac(k.outMac, head, cipher));
}

// The text of a frame of the node, or null for any that is not sound and new.
function unseal(k, frame) {
  const end = frame.length - 32;
  if (end < 36 || (end - 20) % 16 || !same(hmac(k.inMac, frame.slice(0, end)), frame.slice(end))) return null;
  const counter = new DataView(frame.buffer, frame.byteOffset).getUint32(0);
  const plain = counter > k.got ? decrypt(k.in, frame.slice(4, 20), frame.slice(20, end)) : null;
  if (!plain) return null;
  k.got = counter;
  return text8(plain);
}

// --- The node ---

let poll = 1000;        // ms between two questions
let node = null;        // the last answer of GET /api/v1/node
let secret = null;      // K of the code: kept in this page's memory only
let keys = null;        // of the session
let line = Promise.resolve();
const sleep = ms => new Promise(done => setTimeout(done, ms));

function http(path, body, limit) {
  return new Promise((done, fail) => {
    const x = new XMLHttpRequest();
    x.open(body === undefined ? 'GET' : 'POST', '/api/v1/' + path);
    x.responseType = 'arraybuffer';
    x.timeout = limit || 12000;
    if (body) x.setRequestHeader('Content-Type', typeof body === 'string' ? 'application/json' : 'application/octet-stream');
    x.onload = () => {
      const bytes = new Uint8Array(x.response || 0);
      let json = {};
      try { json = JSON.parse(text8(bytes)); } catch (e) { /* a frame */ }
      air(false);
      done({ status: x.status, bytes, json });
    };
    x.onerror = x.ontimeout = x.onabort = () => { air(true); fail(new Error('air')); };
    x.send(body);
  });
}

function air(lost) {
  if ($('air').hidden === lost && lost) say($('air'), 'away', node ? node.node : 'Wi-Fi');
  $('air').hidden = !lost;
}

// Asks until somebody answers.
async function knock() {
  for (;;) {
    try {
      const answer = await http('node', undefined, 6000);
      if (answer.status === 200 && answer.json.nonce) return answer.json;
    } catch (e) { /* away: told by air() */ }
    await sleep(poll);
  }
}

// Proves the code and takes the node's proof; throws a key of TEXTS where that cannot go on without the technician.
async function authenticate() {
  for (;;) {
    const now = await knock();
    if (node && now.node !== node.node) { node = now; throw 'other'; }
    node = now;
    if (now.wait_ms > 0) { await hold(now.wait_ms); continue; }
    const theirs = unhex(now.nonce), own = chance(16);
    let answer;
    try {
      const proof = hex(hmac(secret, utf8('sensors-pairing 1 tool'), theirs, own));
      answer = await http('session', JSON.stringify({ of: now.nonce, nonce: hex(own), proof }), 60000);
    } catch (e) { await sleep(poll); continue; }
    if (answer.status === 200) {
      if (!same(utf8(answer.json.proof || ''), utf8(hex(hmac(secret, utf8('sensors-pairing 1 node'), theirs, own))))) throw 'false';
      keys = derive(secret, theirs, own);
      return;
    }
    if (answer.json.error === 'code') { node.wait_ms = answer.json.wait_ms || 0; throw 'wrong'; }
    if (answer.json.error === 'wait') await hold(answer.json.wait_ms);
    else await sleep(poll);
  }
}

// Shows how long the node wants to be left alone.
async function hold(ms) {
  const until = Date.now() + ms, button = $('enter');
  button.disabled = true;
  for (let left; (left = until - Date.now()) > 0; await sleep(Math.min(left, 250))) say(button, 'held', Math.ceil(left / 1000));
  say(button, 'enter');
  button.disabled = false;
}

// Sends a message and gives the answer: one after the other, since counters must rise. Goes on until it is answered, or `tries` are used up (then null).
function call(text, tries) {
  const answer = line.then(() => exchange(text, tries || Infinity));
  line = answer.catch(() => {});
  return answer;
}

async function exchange(text, tries) {
  for (; tries > 0; tries--) {
    try {
      if (!keys) await authenticate();
      const used = keys, answer = await http('message', seal(used, text, chance(16)), tries < 9 ? 4000 : 12000);
      const plain = answer.status === 200 ? unseal(used, answer.bytes) : null;
      if (plain !== null) return JSON.parse(plain);
      if (answer.status === 200 || answer.status === 401) keys = null;
      else if (answer.status < 429) return answer.json;
    } catch (e) {
      if (typeof e === 'string') { lock(e); throw e; }
    }
    await sleep(poll);
  }
  return null;
}

// --- What is shown ---

function view(id) {
  for (const name of ['door', 'plan', 'trial', 'end']) $(name).hidden = name !== id;
  window.scrollTo(0, 0);
}

// A note below a field; null takes it away.
function mark(id, key, good) {
  const field = $(id), spot = field.closest('p');
  let note = spot.querySelector('small');
  if (!note) { note = document.createElement('small'); note.id = id + '-note'; field.setAttribute('aria-describedby', note.id); spot.appendChild(note); }
  note.className = key ? good || 'bad' : '';
  note.hidden = !key;
  if (key) say(note, key);
  if (key && !good) field.setAttribute('aria-invalid', 'true'); else field.removeAttribute('aria-invalid');
}

function lead(id) {
  const field = $(id);
  for (let e = field; e; e = e.parentElement) {
    if (e.tagName === 'DETAILS') e.open = true;
    if (e.id === 'fixed') $('static').checked = true;
    if (e.id === 'secure') $('tls').checked = true;
  }
  fold();
  field.focus({ preventScroll: true });
  ($('fail').hidden ? field.closest('p') : $('fail')).scrollIntoView({ block: 'start' });
}

function fold() {
  $('fixed').hidden = !$('static').checked;
  $('secure').hidden = !$('tls').checked;
  $('port').placeholder = $('tls').checked ? '8883' : '1883';
}

// Back to the code.
function lock(key) {
  keys = secret = null;
  greet();
  view('door');
  mark('code', key);
  $('code').focus();
}

function greet() {
  $('node').textContent = document.title = node.node;
  $('board').textContent = [node.board, node.firmware].filter(Boolean).join(' · ');
  if (node.wait_ms > 0) hold(node.wait_ms);
}

async function enter() {
  const code = $('code').value.toUpperCase().replace(/[-\s]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
  if (!/^[0-9A-HJKMNP-TV-Z]{6,16}$/.test(code)) { mark('code', 'e_code'); return; }
  mark('code', null);
  $('enter').disabled = true;
  say($('enter'), 'checking');
  await sleep(20); // the words are drawn before the browser is busy
  secret = pbkdf2(utf8(code), utf8(node.node), node.iterations);
  try {
    await authenticate();
  } catch (e) {
    say($('enter'), 'enter');
    $('enter').disabled = false;
    lock(e);
    return;
  }
  $('code').value = '';
  say($('enter'), 'enter');
  $('enter').disabled = false;
  await welcome();
}

async function welcome() {
  const info = await call('info');
  $('owned').hidden = $('wipe').hidden = !info.paired;
  $('close').hidden = false;
  if (info.paired) say($('owned').firstElementChild, 'owned', info.id || '');
  if (info.paired && !$('id').value) { $('id').value = info.id || ''; checkId(); }
  if (node.state === 'waiting') { view('plan'); await scan(); } else await follow(node.attempt);
}

async function scan() {
  say($('scan'), 'scanning');
  $('scan').disabled = true;
  const answer = await call('scan'), list = $('nets');
  list.textContent = '';
  for (const network of answer.networks || []) {
    const button = document.createElement('button'), name = document.createElement('span');
    button.type = 'button';
    name.textContent = network.ssid;
    button.appendChild(name);
    for (let bar = 0; bar < 4; bar++) {
      const i = document.createElement('i');
      i.style.height = 6 + bar * 5 + 'px';
      if (network.rssi > [-999, -78, -68, -58][bar]) i.className = 'lit';
      button.appendChild(i);
    }
    button.onclick = () => { $('ssid').value = network.ssid; mark('ssid', null); chosen(); $('password').focus(); };
    list.appendChild(button);
  }
  if (!list.firstChild) { const note = document.createElement('p'); say(note, 'none'); list.appendChild(note); }
  chosen();
  say($('scan'), 'scan');
  $('scan').disabled = false;
}

function chosen() {
  for (const button of $('nets').querySelectorAll('button')) button.setAttribute('aria-pressed', button.textContent === $('ssid').value);
}

// --- The settings ---

const ID = /^88\.[0-9]{3,4}\.[0-9A-Za-z]{1,20}\/[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/;
const ID_SO_FAR = /^(8(8(\.(\d{0,4}|\d{3,4}\.([0-9A-Za-z]{0,20}|[0-9A-Za-z]{1,20}\/([A-Za-z0-9][A-Za-z0-9_.-]*)?))?)?)?)?$/;
const IP = /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$/;
const value = id => $(id).value.trim();
const rows = id => $(id).value.split('\n').map(row => row.trim()).filter(row => row);
const trimmed = text => text === text.trim() && !/[\r\n]/.test(text);

function checkId() {
  const text = value('id'), long = text.length > 128;
  if (ID.test(text) && !long) mark('id', 'ok_id', 'good');
  else if (ID_SO_FAR.test(text) && !long) mark('id', 'i_id', 'soft');
  else mark('id', 'e_id');
}

function prefix() {
  const text = value('mask');
  if (!IP.test(text)) return /^\d+$/.test(text) ? +text : 0;
  const bits = text.split('.').map(n => (+n + 256).toString(2).slice(1)).join('');
  return /^1+0+$/.test(bits) ? bits.indexOf('0') : 0;
}

// Fields and what must hold, in the order of the page; the first that does not is shown. e_ip serves all addresses.
function faults() {
  const fixed = $('static').checked, tls = $('tls').checked;
  const pem = id => !value(id) || /-----BEGIN /.test(value(id)) && utf8(value(id)).length <= 4096;
  const password = $('password').value;
  return [
    ['ssid', trimmed($('ssid').value) && value('ssid') && utf8(value('ssid')).length <= 32],
    ['password', trimmed(password) && (!password || password.length > 7 && utf8(password).length < 65)],
    ['address', !fixed || IP.test(value('address')), 'e_ip'],
    ['mask', !fixed || prefix() > 0 && prefix() < 31],
    ['gateway', !fixed || IP.test(value('gateway')), 'e_ip'],
    ['dns', !fixed || !value('dns') || IP.test(value('dns')), 'e_ip'],
    ['host', /^[^\s:\/,]+$/.test(value('host'))],
    ['port', !value('port') || /^\d{1,5}$/.test(value('port')) && +value('port') > 0 && +value('port') < 65536],
    ['ca', !tls || pem('ca'), 'e_pem'],
    ['cert', !tls || pem('cert'), 'e_pem'],
    ['key', !tls || pem('key'), 'e_pem'],
    ['key', !tls || !value('key') === !value('cert'), 'e_pair'],
    ['id', ID.test(value('id')) && value('id').length <= 128],
    ['root', !value('root') || /^[\w-]+(\/[\w-]+)*$/.test(value('root'))],
    ['interval', !value('interval') || +value('interval') >= 1 && +value('interval') <= 3600],
    ['raw', rows('raw').every(row => /^#|^\w+\s*=/.test(row)), 'e_line'],
    ['raw', utf8(settings().text).length <= 4096, 'e_size']
  ].filter(([, good]) => !good).map(([id, , key]) => [id, key || 'e_' + id]);
}

// The settings' text, and for each of its lines the field it comes from.
function settings() {
  const lines = [], fields = [], tls = $('tls').checked;
  const add = (id, text) => { fields.push(id); lines.push(text); };
  const take = (id, key) => { if (value(id)) add(id, key + '=' + value(id)); };
  take('id', 'id');
  take('ssid', 'wifi_ssid');
  take('password', 'wifi_password');
  if ($('static').checked) add('address', 'wifi_address=' + value('address') + '/' + prefix() + ' ' + value('gateway') + ' ' + (value('dns') || value('gateway')));
  take('host', 'broker_host');
  take('port', 'broker_port');
  value('brokers').split(/[,\s]+/).filter(Boolean).forEach(broker => add('brokers', 'broker=' + broker));
  if (tls) add('tls', 'tls=on');
  for (const id of ['ca', 'cert', 'key']) if (tls && value(id)) add(id, 'tls_' + id + '=' + id);
  take('user', 'broker_user');
  take('secret', 'broker_password');
  take('root', 'root');
  if (value('interval')) add('interval', 'interval_ms=' + Math.round(+value('interval') * 1000));
  take('points', 'points');
  for (const id of ['sensor', 'point', 'alarm']) rows(id).forEach(row => add(id, row.startsWith(id + '=') ? row : id + '=' + row));
  take('ack', 'ack');
  take('ntp', 'ntp_server');
  add('ntp', 'time=' + Date.now());
  rows('raw').forEach(row => add('raw', row));
  return { text: lines.join('\n') + '\n', fields };
}

async function attempt() {
  document.querySelectorAll('#plan [aria-invalid]').forEach(field => mark(field.id, null));
  $('fail').hidden = true;
  const wrong = faults();
  wrong.forEach(([id, key]) => mark(id, key));
  if (wrong.length) { lead(wrong[0][0]); return; }
  const { text, fields } = settings();
  view('trial');
  draw({ state: 'sending', stages: [] });
  for (const id of ['ca', 'cert', 'key']) {
    if (!$('tls').checked || !value(id)) continue;
    const kept = await call('file ' + id + '\n' + value(id) + '\n');
    if (kept.error) { fail({ stage: 'volume', field: id, text: kept.text }); return; }
  }
  const number = node.attempt + 1;
  const begun = await call('try ' + number + ($('replace').checked ? ' replace' : '') + '\n' + text);
  if (begun.error === 'settings') {
    const at = /line (\d+)/.exec(begun.text);
    fail({ stage: 'settings', cause: 'settings-invalid', field: at && fields[at[1] - 1], text: begun.text });
  } else if (begun.error) {
    node = await knock(); // another phone or tool may have been here: its attempt counts, too
    fail({ stage: 'settings', what: begun.error === 'busy' ? 'busy' : 'refused', text: begun.text });
  } else {
    await follow(number);
  }
}

async function follow(number) {
  node.attempt = number;
  view('trial');
  for (;;) {
    const outcome = await call('outcome ' + number);
    draw(outcome);
    if (outcome.state === 'committed') { await finish(outcome); return; }
    if (outcome.state !== 'trying') {
      call('done ' + number, 3).catch(() => {});
      fail(outcome.state === 'rolled-back' ? outcome : { stage: 'power', cause: 'interrupted' });
      return;
    }
    await sleep(poll);
  }
}

let ticking;

// The stages with their seconds: behind, now, ahead.
function draw(outcome) {
  clearInterval(ticking);
  const list = $('stages'), past = outcome.stages || [], trying = outcome.state === 'trying' || outcome.state === 'sending';
  const row = (kind, sign, words, ms) => {
    const item = document.createElement('li'), b = document.createElement('b'), span = document.createElement('span'), time = document.createElement('span');
    item.className = kind;
    b.textContent = sign;
    say(span, words);
    time.style.flex = 'none';
    const show = ms => say(time, 'seconds', (ms / 1000).toFixed(1));
    if (ms !== undefined) show(ms);
    item.append(b, span, time);
    list.appendChild(item);
    return show;
  };
  list.textContent = '';
  const behind = past.filter(p => p.stage !== outcome.stage || !trying && !outcome.cause);
  behind.forEach(p => row('past', '✓', stageName(p.stage), p.ms));
  const spent = behind.reduce((sum, p) => sum + p.ms, 0);
  if (outcome.state === 'sending') row('now', '…', () => TEXTS.sending[lang]);
  else if (trying && outcome.stage) {
    const begun = Date.now(), already = Math.max(0, (outcome.ms || 0) - spent);
    const show = row('now', '…', stageName(outcome.stage), already);
    ticking = setInterval(() => show(already + Date.now() - begun), 200);
  } else if (outcome.cause) row('halt', '✗', stageName(outcome.stage), Math.max(0, (outcome.ms || 0) - spent));
  if (trying) ORDER.slice(ORDER.indexOf(outcome.stage || '') + 1).forEach(stage => { if (!behind.some(p => p.stage === stage)) row('next', '·', stageName(stage)); });
}

// Back to the form, to the field concerned; everything else stays as it was typed.
function fail(outcome) {
  const cause = HINTS.causes[outcome.cause], id = outcome.field || cause && cause[0];
  view('plan');
  say($('what'), () => stageName(outcome.stage)() + (lang ? '：' : ': ') + (cause ? cause[1 + lang * 2] : TEXTS[outcome.what || 'refused'][lang]));
  say($('hint'), () => cause ? cause[2 + lang * 2] : '');
  $('detail').textContent = outcome.text || outcome.cause || '';
  $('fail').hidden = false;
  if (id && $(id)) {
    $(id).closest('p').before($('fail'));
    lead(id);
    $(id).setAttribute('aria-invalid', 'true');
  } else {
    $('plan').prepend($('fail'));
    $('fail').focus();
  }
}

// The portal is about to close: nothing is kept here any more.
function leave(key) {
  secret = keys = null;
  $('plan').reset();
  $('air').hidden = true;
  say($('verdict'), key);
  say($('bye'), 'bye', node.node);
  view('end');
  $('verdict').focus();
}

async function finish(outcome) {
  const facts = $('facts');
  const fact = (key, text) => {
    if (!text) return;
    const term = document.createElement('dt'), data = document.createElement('dd');
    say(term, key);
    say(data, typeof text === 'function' ? text : () => text);
    facts.append(term, data);
  };
  facts.textContent = '';
  fact('id', value('id') || outcome.id);
  fact('network', outcome.ssid);
  fact('address', outcome.address);
  fact('broker', outcome.broker);
  fact('taken', outcome.ms && (() => TEXTS.seconds[lang].replace('{0}', (outcome.ms / 1000).toFixed(1))));
  say($('verdict'), 'success');
  say($('bye'), 'telling');
  view('end');
  await call('done ' + node.attempt, 5);
  leave('success');
}

async function leaveAlone() {
  const answer = await call('close', 5);
  if (answer && answer.error) fail({ stage: 'settings', text: answer.text });
  else { $('facts').textContent = ''; leave('over'); }
}

// Unpairs or resets; the portal stays open.
async function wipe(message) {
  const answer = await call(message);
  if (answer.error) { fail({ stage: 'settings', text: answer.text }); return; }
  $('plan').reset();
  mark('id', null);
  fold();
  node.state = 'waiting';
  await welcome();
  $('owned').hidden = false;
  $('close').hidden = true;
  say($('owned').firstElementChild, 'blank');
}

// --- The page's own ways ---

// Words that are thrown were shown when they were thrown: the page is back at the code.
const run = action => action().catch(e => { if (typeof e !== 'string') throw e; });

async function blink() {
  const button = $('blink');
  try {
    const answer = await http('identify', '');
    say(button, answer.status === 200 ? 'blinking' : 'dark');
  } catch (e) { return; }
  setTimeout(() => say(button, 'blink'), 5000);
}

// A file's text; a certificate in DER becomes PEM.
function read(id, file) {
  const reader = new FileReader();
  reader.onload = () => {
    const bytes = new Uint8Array(reader.result);
    $(id).value = bytes[0] === 48 && id !== 'key'
      ? '-----BEGIN CERTIFICATE-----\n' + btoa(String.fromCharCode(...bytes.slice(0, 4097))).match(/.{1,64}/g).join('\n') + '\n-----END CERTIFICATE-----'
      : text8(bytes.slice(0, 4097));
    mark(id, null);
  };
  reader.readAsArrayBuffer(file);
}

function prepare() {
  document.querySelectorAll('[data-t]').forEach(e => say(e, e.dataset.t));
  document.querySelectorAll('input, textarea').forEach(e => {
    for (const name of ['autocomplete', 'autocorrect', 'autocapitalize']) if (!e.hasAttribute(name)) e.setAttribute(name, 'off');
    e.spellcheck = false;
    if (e.id !== 'id') e.addEventListener('input', () => { if (e.getAttribute('aria-invalid')) mark(e.id, null); });
  });
  for (const id of ['ca', 'cert', 'key']) {
    const label = document.createElement('label'), words = document.createElement('span'), input = document.createElement('input');
    label.className = 'file';
    input.type = 'file';
    input.id = id + '-file';
    input.onchange = () => { if (input.files[0]) read(id, input.files[0]); input.value = ''; };
    say(words, 'file');
    label.append(words, input);
    $(id).after(label);
  }
  document.querySelectorAll('[data-show]').forEach(button => {
    button.onclick = () => {
      const field = $(button.dataset.show), hidden = field.type === 'password';
      field.type = hidden ? 'text' : 'password';
      say(button, hidden ? 'hide' : 'show');
      button.setAttribute('aria-pressed', hidden);
    };
  });
  document.querySelectorAll('[data-wipe]').forEach(button => {
    button.onclick = () => {
      if (button.armed) { run(() => wipe(button.dataset.wipe)); return; }
      button.armed = true;
      say(button, 'sure');
      setTimeout(() => { button.armed = false; say(button, button.dataset.t); }, 4000);
    };
  });
  $('lang').onclick = () => { lang = 1 - lang; speak(); };
  $('blink').onclick = blink;
  $('scan').onclick = () => run(scan);
  $('close').onclick = () => run(leaveAlone);
  $('static').onchange = $('tls').onchange = fold;
  $('ssid').addEventListener('input', chosen);
  $('id').addEventListener('input', checkId);
  $('door').onsubmit = event => { event.preventDefault(); run(enter); };
  $('plan').onsubmit = event => { event.preventDefault(); run(attempt); };
  say($('lang'), 'lang');
  fold();
  speak();
}

async function start() {
  prepare();
  if (!window.crypto || !crypto.getRandomValues) {
    say($('air'), 'random');
    $('air').hidden = false;
    return;
  }
  node = await knock();
  say($('trial').lastElementChild, 'patience', node.node);
  greet();
  view('door');
}

start();
