// SPDX-License-Identifier: MIT
// A small field server: Socket.IO with connection state recovery, which appends an offset to every event.
const { Server } = require("socket.io");
const http = require("http").createServer();
const io = new Server(http, { connectionStateRecovery: { maxDisconnectionDuration: 60000 } });
const jobs = new Map([["job-1", { id: "job-1", type: "training", status: "running", progress: 10, owner: "anna",
  started_at: "2026-11-22T10:00:00Z", eta: null }]]);
io.use((socket, next) => socket.handshake.auth.token === "good" ? next() : next(new Error("sign-in needed")));
io.on("connection", (socket) => {
  for (const job of jobs.values()) socket.emit("task_update", job);
  const timer = setInterval(() => {
    const job = jobs.get("job-1");
    if (job.status === "running" && job.progress < 90) job.progress += 10;
    io.emit("task_update", job);
  }, 50);
  socket.on("cancel", (data, acknowledge) => {
    const job = jobs.get(data.id);
    if (job) { job.status = "cancelled"; io.emit("task_update", job); }
    acknowledge({ success: Boolean(job), message: job ? "cancelled" : "no such job" });
  });
  socket.on("silent", () => {});
  socket.on("drop", () => socket.conn.close());
  socket.on("disconnect", () => clearInterval(timer));
});
http.listen(0, "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${http.address().port}\n`));
process.stdin.on("end", () => process.exit(0));
process.stdin.resume();
