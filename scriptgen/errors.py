"""Every error and warning that scriptgen can name.

The tree, with the exit code each branch carries to the command line::

    ScriptgenError
    ├── InputError      2   an essay, a path or an argument cannot be used
    ├── TemplateError   2   a template cannot be loaded or rendered
    ├── SetupError      3   a key, a model, an extra or a setting is missing or wrong
    ├── ProviderError   4   the model's server failed, after retries
    │   └── FatalProviderError  no call to this provider can succeed: stop the batch
    ├── ReplyError      5   a reply came and cannot be used
    └── OutputError     6   a draft or the ledger cannot be written
        └── LostReplyError  a reply that may be paid for could not be stored

An error says what happened and where; ``hint`` says what to type next.
"""

from __future__ import annotations

from types import MappingProxyType

CODES = MappingProxyType(
    {
        # essays
        "E_DECODE": "the bytes are not text in the expected encoding",
        "E_BINARY": "the file holds a NUL byte or is a known binary format",
        "E_EMPTY": "nothing is left after removing blanks and invisible characters",
        "E_TOO_LARGE": "the file is larger than the size cap",
        "E_NOT_REGULAR": "not a regular file",
        "E_PERMISSION": "the file may not be read",
        "E_GONE": "the file is not there (any more)",
        "E_FRONT_MATTER": "the front matter cannot be read",
        "E_FDX": "the file is not Final Draft XML that can be read",
        "E_SOURCE": "no essay was found where one was looked for",
        "E_USAGE": "the arguments do not fit together",
        # templates
        "E_TEMPLATE": "a template cannot be found, read or rendered",
        "E_TEMPLATE_REJECTED": "a template uses a construct that templates may not use",
        # set-up
        "E_CONFIG": "a setting is unknown or has an impossible value",
        "E_KEY": "no usable key for this server",
        "E_EXTRA": "an optional package is not installed",
        # provider
        "E_FATAL": "the provider refuses every call (key, payment, permission, model or quota)",
        "E_PROVIDER": "the provider failed and the attempts are used up",
        "E_CONNECT": "the server cannot be reached",
        "E_DEADLINE": "the total deadline of the call has passed",
        "E_PROTOCOL": "a reply does not have the shape of a chat completion",
        "E_BUDGET": "a cap on calls, tokens or money is reached",
        "E_TOO_LONG": "the prompt is longer than the model's context",
        # replies
        "E_EMPTY_REPLY": "the model's reply holds no text",
        "E_TRUNCATED": "the model's reply was cut off before its end",
        "E_OVERLONG": "the model's reply is far longer than was asked for",
        "E_REFUSED": "the model refused",
        "E_FILTERED": "the provider's content filter stopped the reply",
        "E_NOT_JSON": "the model's reply is not one JSON object, as was asked for",
        "E_AMBIGUOUS_JSON": "the model's reply holds more than one JSON object",
        "E_JSON_SHAPE": "the JSON of the model's reply does not have the shape that was asked for",
        "E_OFF_TASK": "the reply is not a screenplay of this essay",
        "E_CANARY": "the reply obeys an instruction that stood in the essay",
        "E_PROMPT_LEAK": "the reply repeats the instructions it was given",
        "E_FOREIGN": "the reply holds a link, markup or code that the essay does not have",
        "E_ECHO": "the reply gives the essay back word for word",
        "E_REPETITION": "the reply says the same again and again",
        # outputs
        "E_OUTPUT": "a file cannot be written",
        "E_NO_SPACE": "the disk is full",
        "E_LEDGER": "the ledger cannot be opened or is damaged",
        "E_LOCKED": "another command works on the same essay or the same outputs",
        "E_RECORD": "a run cannot be made again, since not all it was made from was kept",
        "E_INTERNAL": "scriptgen itself failed on one essay of a batch",
        # warnings about an essay
        "W_BOM": "a byte-order mark was dropped",
        "W_ENC_GUESSED": "the encoding was guessed, as asked",
        "W_CR_NORMALISED": "odd line ends became plain ones",
        "W_CONTROL_STRIPPED": "control characters were removed",
        "W_HIDDEN_TEXT": "invisible or hidden characters were removed or shown",
        "W_MOJIBAKE": "the text looks as if it was decoded wrongly before it got here",
        "W_LONG_LINE": "a line is longer than 10,000 characters",
        "W_LONG_TITLE": "the title was shortened on the title page",
        "W_LONG_NAME": "a name was shortened in its cue",
        "W_FENCE_TOKEN": "the essay holds control tokens of a chat template",
        "W_INSTRUCTION_LIKE": "a sentence of the essay speaks to a model",
        "W_TEMPLATE_LIKE": "the essay holds template syntax, which stays plain text",
        "W_FOUNTAIN_LIKE": "the essay holds lines that look like Fountain, which stay prose",
        "W_HTML_LIKE": "the essay holds HTML, which stays plain text",
        "W_SYMLINK": "a link was not followed",
        "W_NOT_AN_ESSAY": "a file was passed over because of its kind",
        "W_LANGUAGE": "there is no language pack for the essay's language",
        "W_THIN_SOURCE": "the essay shows hardly anything that can be filmed",
        "W_NO_CHARACTERS": "no character was found",
        "W_SOURCE_CHANGED": "the essay changed on disk while it was worked on",
        "W_ANNOTATE": "of what a model said that the page plays, this became of it",
        "W_ENRICH": "of what a model claimed to have found, this became of it",
        # findings on a draft
        "W_PAST_TENSE": "a line stands in the past tense because turning it was not safe",
        "W_SPEAKER_UNKNOWN": "a spoken line has no known speaker",
        "W_NO_PLACE": "the essay names no place for a scene",
        "W_REWORDED": "text was changed because no Fountain form can hold it",
        "W_MENDED": "the reader mended the Fountain of a reply",
        "W_FDX": "a Final Draft file holds what a screenplay holds otherwise or not at all",
        "W_PARAMETER": "a parameter was not sent, since the server refuses it",
        "W_CHATTER": "text around the script was set aside",
        "W_REVISION": "a revision of a draft was asked for and not kept",
        "W_LINE_MISSING": "a spoken line of the essay is not in the draft",
        "W_LINE_ALTERED": "a spoken line of the essay is spoken in other words",
        "W_LINE_GIVEN_AWAY": "a line is spoken by another than the one who says it in the essay",
        "W_LINE_MUTED": "somebody who speaks in the essay is silent in the draft",
        "W_LINE_RIGHTED": "a line was put right by code, with the essay's words or its speaker",
        "W_LINE_SPOKEN": "an imagined or unheard line is spoken aloud in the draft",
        "W_SPEECH_WRITTEN": "a strict draft speaks words that the essay does not quote",
        "W_CUE_UNKNOWN": "a speaker is not in the cast of the brief",
        "W_COMMENTARY": "the action speaks about the film, its meaning or its audience",
        "W_ASIDE": "the action holds a narrator's remark, with nothing to see or hear",
        "W_NEGATIVE": "the action tells what is not done, where that cannot be seen",
        "W_FEELING": "the action names a feeling",
        "W_UNFILMABLE": "the action tells a thought, a reason or what was before the scene",
        "W_CAMERA": "the action directs the camera",
        "W_TENSE": "the action is told in the past tense",
        "W_QUESTION": "the action asks a question",
        "W_LONG_ACTION": "a paragraph of action is longer than four lines",
        "W_CUE_TWICE": "somebody has two speeches in a row",
        "W_PARENTHETICAL": "a parenthetical is long",
        "W_HEADING": "a heading lacks INT. or EXT., its place or its time",
        "W_HEADING_PLACE": "a heading names a place or a time that no crew could find",
        "W_ENDING": "the page ends twice, or on a title card",
        "W_LEFTOVER": "a note in brackets was left on the page",
        "W_AGE": "an age in brackets is one that the essay does not give",
        "W_FIRST_NAME": "a name is not in capitals where its owner first appears",
        "W_NAME_INVENTED": "somebody in the draft has a name that the essay does not have",
        "W_MOMENT_MISSING": "a moment of the essay is not in the draft",
        "W_TOLD_LOST": "something that the essay only tells of is not in the draft",
        "W_MOMENT_ORDER": "a moment comes in another order than the essay tells it",
        "W_EVENT_NEW": "something happens in the draft that the essay does not have",
        "W_OTHER_PLACE": "a heading names another place than the essay",
        "W_OTHER_TIME": "a heading names another time of day than the essay",
        "W_QUESTION_ANSWERED": "the draft answers what the essay leaves open",
        "W_PASTED": "a sentence of the essay stands in the draft word for word",
        "W_LEAKED": "the critic's words stand in the draft",
        "W_LENGTH": "the draft is far shorter or longer than was asked for",
        "W_OTHER_LANGUAGE": "the draft is in another language than its essay",
        "W_CONFLICT": "the essay contradicts itself",
        "W_FONT": "no font has a character of a PDF, and a box stands for it",
        "W_OUTLINE": "an outline was left out of an export",
        "W_KEPT": "a draft edited by hand was kept and the new one written beside it",
    }
)


class ScriptgenError(Exception):
    """A failure with a name.

    ``code`` is a key of `CODES`, ``where`` a file, a file and line, or an origin
    (``None`` when it has no place), ``hint`` what to do next.
    """

    exit_code = 1

    def __init__(
        self, code: str, message: str, *, where: str | None = None, hint: str | None = None
    ) -> None:
        if code not in CODES:
            raise ValueError(f"unlisted error code {code!r}")
        super().__init__(code, message, where, hint)
        self.code = code
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.message, self.where, self.hint))


def _rebuild(
    kind: type[ScriptgenError], code: str, message: str, where: str | None, hint: str | None
) -> ScriptgenError:
    return kind(code, message, where=where, hint=hint)


class InputError(ScriptgenError):
    """An essay, a path or an argument cannot be used."""

    exit_code = 2


class TemplateError(ScriptgenError):
    """A template cannot be loaded or rendered; ``where`` is ``file:line``."""

    exit_code = 2


class SetupError(ScriptgenError):
    """A key, a model, an extra or a setting is missing or wrong."""

    exit_code = 3


class ProviderError(ScriptgenError):
    """The model's server failed, after retries."""

    exit_code = 4


class FatalProviderError(ProviderError):
    """No call to this provider can succeed until somebody changes something."""


class ReplyError(ScriptgenError):
    """A reply came, was kept, and cannot be used."""

    exit_code = 5


class OutputError(ScriptgenError):
    """A draft or the ledger cannot be written."""

    exit_code = 6


class LostReplyError(OutputError):
    """A reply came, may have been paid for, and could not be stored."""
