// SPDX-License-Identifier: MIT
// An independent client: connects, prints every task_update as a JSON line, cancels the job it is told to.
const { io } = require("socket.io-client");
const [url, token, cancel, origin] = process.argv.slice(2);
const options = { auth: { token }, transports: ["websocket"], reconnection: false };
if (origin) options.extraHeaders = { Origin: origin };
const socket = io(url, options);
const say = (event, data) => process.stdout.write(JSON.stringify({ event, data }) + "\n");
socket.on("connect", () => {
  say("connect", socket.id);
  if (cancel) socket.emit("cancel", { id: cancel }, (answer) => say("ack", answer));
});
socket.on("connect_error", (error) => { say("connect_error", error.message); process.exit(3); });
socket.on("task_update", (task) => say("task_update", task));
socket.on("job_completed", (frame) => say("job_completed", frame));
socket.on("disconnect", (reason) => { say("disconnect", reason); process.exit(0); });
process.stdin.on("end", () => process.exit(0));
process.stdin.resume();
