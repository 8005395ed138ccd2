# SPDX-License-Identifier: MIT
"""A real llama.cpp server with a tiny random model made on the spot.

Run as a program it prints its address and serves until its standard input closes.
"""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

WORDS = "пункт бетон слой не менее мм защитный толщина слово ответ the of concrete cover clause".split()  # noqa: SIM905
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz0123456789.,[]▁"


def make_model(path: Path, dim: int = 32, feed: int = 64, context: int = 4096) -> None:
    """Write a one-layer llama with random weights and a byte-fallback vocabulary as GGUF."""
    import gguf
    import numpy as np

    writer = gguf.GGUFWriter(str(path), "llama")
    tokens = [b"<unk>", b"<s>", b"</s>", *(f"<0x{byte:02X}>".encode() for byte in range(256))]
    kinds = [2, 3, 3, *[6] * 256]
    scores = [0.0] * 3 + [-1000.0] * 256
    for rank, piece in enumerate([*("▁" + word for word in WORDS), *LETTERS]):
        tokens.append(piece.encode())
        kinds.append(1)
        scores.append(-float(rank))
    heads = 2
    writer.add_context_length(context)
    writer.add_embedding_length(dim)
    writer.add_block_count(1)
    writer.add_feed_forward_length(feed)
    writer.add_head_count(heads)
    writer.add_head_count_kv(heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(dim // heads)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    writer.add_token_scores(scores)
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    random = np.random.default_rng(7)
    shapes = {
        "token_embd": (len(tokens), dim), "output": (len(tokens), dim), "blk.0.attn_q": (dim, dim),
        "blk.0.attn_k": (dim, dim), "blk.0.attn_v": (dim, dim), "blk.0.attn_output": (dim, dim),
        "blk.0.ffn_gate": (feed, dim), "blk.0.ffn_up": (feed, dim), "blk.0.ffn_down": (dim, feed),
    }  # fmt: skip
    for name, shape in shapes.items():
        writer.add_tensor(f"{name}.weight", (random.standard_normal(shape) * 0.4).astype(np.float32))
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(dim, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@contextlib.contextmanager
def tiny_llama(folder: Path) -> Iterator[str]:
    """The base address (``…/v1``) of a llama.cpp server in a process of its own."""
    model = folder / "tiny.gguf"
    make_model(model)
    command = [sys.executable, __file__, str(model)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            for line in server.stdout:
                if line.startswith("ADDRESS "):
                    yield line.split()[1] + "/v1"
                    break
            else:
                raise RuntimeError("the model server did not start")
        finally:
            server.stdin.close()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


def main() -> None:
    """Serve the model named on the command line."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = sys.argv[1]
    params.n_ctx = 4096
    params.port = 0
    params.warmup = False
    server = xllamacpp.Server(params)
    sys.stdout.write(f"ADDRESS {server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
