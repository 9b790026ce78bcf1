"""A llama.cpp server with a model made up on the spot: two layers of random weights.

    venv/bin/python serve_llama.py FOLDER

Needs ``xllamacpp``, ``gguf`` and ``numpy``. It listens on a free port of 127.0.0.1, says which, and
serves until it is ended. What the model says is random, yet it obeys a grammar, counts tokens and
runs out of context as any other.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import xllamacpp

WIDTH, LAYERS, HEADS, INNER = 64, 2, 4, 128
CONTEXT, SLOTS = 2_048, 4
SPACE = "\u2581"
SPECIAL = (
    (b"<unk>", gguf.TokenType.UNKNOWN),
    (b"<s>", gguf.TokenType.CONTROL),
    (b"</s>", gguf.TokenType.CONTROL),
)
UNKNOWN, FIRST, LAST = range(3)
RARE, ENDING = -8.0, 0.15
TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant:"


def vocabulary() -> list[tuple[bytes, Any]]:
    """Tokens and their kinds: the special ones, every byte, every printable character."""
    every_byte = [(f"<0x{n:02X}>".encode(), gguf.TokenType.BYTE) for n in range(256)]
    plain = [
        (chr(n).replace(" ", SPACE).encode(), gguf.TokenType.NORMAL) for n in range(0x20, 0x7F)
    ]
    return [*SPECIAL, *every_byte, *plain]


def write_model(path: Path) -> None:
    """Write the model to ``path``.

    The first column of the embeddings is a constant, so that the first column of the output is a
    bias: bytes are hardly ever said, and the end comes within some dozen tokens.
    """
    tokens, kinds = zip(*vocabulary(), strict=True)
    size = len(tokens)
    random = np.random.default_rng(7)

    def weights(*shape: int, scale: float = 0.05) -> Any:
        return (random.standard_normal(shape) * scale).astype(np.float32)

    embeddings, output = weights(size, WIDTH), weights(size, WIDTH, scale=0.15)
    embeddings[:, 0] = 4.0
    output[:, 0] = 0.0
    output[len(SPECIAL) : len(SPECIAL) + 256, 0] = RARE
    output[[UNKNOWN, FIRST], 0] = RARE
    output[LAST, 0] = ENDING
    flat = np.ones(WIDTH, dtype=np.float32)
    tensors = {"token_embd": embeddings, "output_norm": flat, "output": output}
    for layer in range(LAYERS):
        of = f"blk.{layer}."
        tensors |= {of + name: flat for name in ("attn_norm", "ffn_norm")}
        tensors |= {
            of + name: weights(WIDTH, WIDTH)
            for name in ("attn_q", "attn_k", "attn_v", "attn_output")
        }
        tensors |= {of + name: weights(INNER, WIDTH) for name in ("ffn_gate", "ffn_up")}
        tensors[of + "ffn_down"] = weights(WIDTH, INNER)

    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(size)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * size)
    writer.add_token_types(kinds)
    writer.add_unk_token_id(UNKNOWN)
    writer.add_bos_token_id(FIRST)
    writer.add_eos_token_id(LAST)
    writer.add_chat_template(TEMPLATE)
    for name, values in tensors.items():
        writer.add_tensor(f"{name}.weight", values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def serve(path: Path) -> None:
    """Serve the model at ``path``."""
    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(path)
    wanted.hostnames = ["127.0.0.1"] if isinstance(wanted.hostnames, list) else "127.0.0.1"
    wanted.port = 0
    wanted.n_parallel = SLOTS
    wanted.n_ctx = CONTEXT * SLOTS
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
    wanted.n_threads_http = SLOTS
    wanted.warmup = False
    wanted.ui = False
    server = xllamacpp.Server(wanted)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    while True:
        time.sleep(3_600)


if __name__ == "__main__":
    model = Path(sys.argv[1], "tiny.gguf")
    write_model(model)
    serve(model)
