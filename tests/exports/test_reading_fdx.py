"""FDX from other hands: nothing of the script is lost, and no file can do harm."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scriptgen.errors import InputError
from scriptgen.exports.fdx import read_fdx, read_fdx_with_findings
from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Heading,
    Lyrics,
    Note,
    PageBreak,
    Parenthetical,
    Section,
    Speech,
    Synopsis,
    TitleField,
    Transition,
)

AS_SAVED = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">

  <Content>
    <Paragraph Alignment="Left" FirstIndent="0.00" Leading="Regular" Number="1"
        StartsNewPage="No" Type="Scene Heading">
      <SceneProperties Color="#FFFFFFFFFFFF" Length="2/8" Page="1" Title="The quarrel">
        <Summary>
          <Paragraph><Text>They quarrel about the key.</Text></Paragraph>
        </Summary>
        <SceneArcBeats>
          <CharacterArcBeat Name="ADA">
            <Paragraph><Text>She gives up.</Text></Paragraph>
          </CharacterArcBeat>
        </SceneArcBeats>
      </SceneProperties>
      <Text AdornmentStyle="0" Font="Courier Final Draft" RevisionID="1" Style="">int. mill</Text>
      <Text RevisionID="2" Style="">  - day</Text>
    </Paragraph>
    <Paragraph Type="Action">
      <Text>Sacks. </Text>
      <Text Style="Italic">Titanic</Text>
      <Text Style="Bold+Underline+Strikeout"> plays</Text>
      <Text>, caf&#233; &amp; all.</Text>
    </Paragraph>
    <Paragraph Type="Action"><Text/></Paragraph>
    <Paragraph Type="Shot"><Text>CLOSE ON THE KEY</Text></Paragraph>
    <Paragraph Type="Character"><Text>Ada (V.O.)(cont'd)</Text></Paragraph>
    <Paragraph Type="Parenthetical"><Text>(low) </Text></Paragraph>
    <Paragraph Type="Dialogue">
      <Text>No.</Text>
      <ScriptNote ID="7"><Paragraph Type="General"><Text>Louder?</Text></Paragraph></ScriptNote>
    </Paragraph>
    <Paragraph Type="Dialogue"><Text Style="AllCaps">never.</Text></Paragraph>
    <Paragraph Type="General">
      <DualDialogue>
        <Paragraph Type="Character"><Text>ADA</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Up?</Text></Paragraph>
        <Paragraph Type="Character"><Text>TOM</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Down!</Text></Paragraph>
      </DualDialogue>
    </Paragraph>
    <Paragraph Type="Character"><Text>TOM</Text></Paragraph>
    <Paragraph Type="Lyrics"><Text>Oh, the mill</Text></Paragraph>
    <Paragraph Type="Lyrics"><Text>it stands</Text></Paragraph>
    <Paragraph Number="2" Type="Scene Heading">
      <Text>OMITTED</Text>
      <OmittedScene>
        <Paragraph Type="Scene Heading"><Text>EXT. YARD - DAY</Text></Paragraph>
        <Paragraph Type="Action"><Text>Hens.</Text></Paragraph>
      </OmittedScene>
    </Paragraph>
    <Paragraph Type="New Act"><Text>ACT TWO</Text></Paragraph>
    <Paragraph Type="Cast List"><Text>ADA, TOM</Text></Paragraph>
    <Paragraph Type="Outline 3 (Scenes)"><Text>Set up the key</Text></Paragraph>
    <Paragraph Type="Summary"><Text>Who has it?</Text></Paragraph>
    <Paragraph Type="Note"><Text>Check the mill.</Text></Paragraph>
    <Paragraph StartsNewPage="Yes" Type="Transition"><Text>CUT TO:</Text></Paragraph>
    <Paragraph Type="Lyrics"><Text>La la</Text></Paragraph>
    <Paragraph Type="Dialogue"><Text>A voice from nowhere.</Text></Paragraph>
    <Paragraph Type="Character"><Text>NOBODY</Text></Paragraph>
    <Paragraph Alignment="Center" Type="Action"><Text>THE END</Text></Paragraph>
  </Content>
  <TitlePage>
    <HeaderAndFooter><Header><Paragraph><Text>.</Text></Paragraph></Header></HeaderAndFooter>
    <Content>
      <Paragraph Alignment="Center"><Text Style="Underline">The</Text><Text> Mill</Text></Paragraph>
      <Paragraph Alignment="Center"><Text/></Paragraph>
      <Paragraph Alignment="Center"><Text>Written by</Text></Paragraph>
      <Paragraph Alignment="Center"><Text>A. Writer</Text></Paragraph>
      <Paragraph Alignment="Left"><Text>1/2/2026</Text></Paragraph>
      <Paragraph Alignment="Left"><Text>5 Mill Lane</Text></Paragraph>
      <Paragraph Alignment="Left"><Text>Oldtown</Text></Paragraph>
    </Content>
  </TitlePage>
  <ScriptNotes>
    <ScriptNote Color="#6363A7A7EFEF" Id="1" Name="Pace" Range="16,20" WriterName="Dir">
      <Paragraph><Text>Too slow?</Text></Paragraph>
      <Paragraph/>
      <Paragraph><Text>Cut.</Text></Paragraph>
    </ScriptNote>
    <ScriptNote Id="2" Range="9999,9999"><Paragraph><Text>Lost.</Text></Paragraph></ScriptNote>
  </ScriptNotes>
  <ElementSettings Type="Scene Heading"><FontSpec Style="Bold+AllCaps"/></ElementSettings>
  <ElementSettings Type="Character"><FontSpec Style="AllCaps"/></ElementSettings>
  <ListItems><ListItem><Content><Paragraph><Text>A card.</Text></Paragraph></Content></ListItem>
  </ListItems>
  <SmartType><Characters><Character>ADA</Character></Characters></SmartType>
</FinalDraft>
"""


def test_a_file_as_final_draft_saves_it_is_read_with_nothing_lost() -> None:
    assert read_fdx(AS_SAVED).elements == (
        Heading(text="INT. MILL  - DAY", number="1"),
        Synopsis(text="The quarrel"),
        Synopsis(text="They quarrel about the key."),
        Note(text="ADA: She gives up."),
        Note(text="Dir, Pace: Too slow?\nCut."),
        Action(text="Sacks. *Titanic* _**plays**_, café & all."),
        Action(text="CLOSE ON THE KEY"),
        Dialogue(
            cue="ADA",
            extension="V.O., CONT'D",
            parts=(Parenthetical(text="low"), Speech(text="No.\nNEVER.")),
        ),
        Note(text="Louder?"),
        Dialogue(cue="ADA", parts=(Speech(text="Up?"),)),
        Dialogue(cue="TOM", parts=(Speech(text="Down!"),), dual=True),
        Dialogue(
            cue="TOM", parts=(Parenthetical(text="singing"), Speech(text="Oh, the mill\nit stands"))
        ),
        Heading(text="OMITTED", number="2"),
        Note(text="Omitted: EXT. YARD - DAY"),
        Note(text="Omitted: Hens."),
        Centered(text="ACT TWO"),
        Action(text="ADA, TOM"),
        Section(text="Set up the key", level=3),
        Synopsis(text="Who has it?"),
        Note(text="Check the mill."),
        PageBreak(),
        Transition(text="CUT TO:"),
        Lyrics(text="La la"),
        Action(text="A voice from nowhere."),
        Action(text="NOBODY"),
        Centered(text="THE END"),
        Note(text="Lost."),
    )


def test_the_title_page_is_read_by_where_its_lines_stand() -> None:
    assert read_fdx(AS_SAVED).title_page == (
        TitleField(key="Title", lines=("_The_ Mill",)),
        TitleField(key="Credit", lines=("Written by",)),
        TitleField(key="Author", lines=("A. Writer",)),
        TitleField(key="Draft date", lines=("1/2/2026",)),
        TitleField(key="Contact", lines=("5 Mill Lane", "Oldtown")),
    )


def test_what_is_held_in_another_form_is_told() -> None:
    told = [finding.message for finding in read_fdx_with_findings(AS_SAVED).findings]
    assert told == [
        "paragraphs of a type that a screenplay does not have became action: Shot",
        "an omitted scene became notes",
        "paragraphs of a type that a screenplay does not have became action: Cast List",
        "a part of the file is not of the script and was left out: ListItems",
    ]


def _file(content: str, rest: str = "") -> str:
    return f"<FinalDraft><Content>{content}</Content>{rest}</FinalDraft>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<Text Style='Bold'>a</Text><Text Style='Bold+Italic'> b</Text>", "**a** ***b***"),
        ("<Text Style='Bold'>a</Text><Text Style='Italic'>b</Text>", "**a**b"),
        ("<Text>un</Text><Text Style='Underline'>der</Text><Text>line</Text>", "underline"),
        ("<Text Style='Italic'> a </Text><Text>b</Text>", " *a* b"),
        ("<Text Style='Bold'>a\u2028b</Text>", "**a**\n**b**"),
        ("<Text>2 * 3 * 4 _x_</Text>", r"2 \* 3 \* 4 \_x\_"),
    ],
)
def test_runs_become_the_marks_that_a_page_can_hold(runs: str, text: str) -> None:
    assert read_fdx(_file(f"<Paragraph Type='Action'>{runs}</Paragraph>")).elements == (
        Action(text=text),
    )


def test_speeches_side_by_side_may_stand_in_the_content_itself() -> None:
    pair = "".join(
        f"<Paragraph Type='Character'><Text>{cue}</Text></Paragraph>"
        "<Paragraph Type='Dialogue'><Text>Hey.</Text></Paragraph>"
        for cue in ("ADA", "TOM")
    )
    found = read_fdx(_file(f"<DualDialogue>{pair}</DualDialogue>")).elements
    assert [getattr(element, "dual", None) for element in found] == [False, True]


def test_characters_that_xml_forbids_are_left_out() -> None:
    file = _file("<Paragraph Type='Action'><Text>a\x01b&#0;c&#x1F;d\ud800e</Text></Paragraph>")
    assert read_fdx("\ufeff  " + file).elements == (Action(text="abcde"),)


def test_bytes_are_decoded_as_they_say() -> None:
    file = '<?xml version="1.0" encoding="UTF-16"?>' + _file(
        "<Paragraph Type='Action'><Text>é李</Text></Paragraph>"
    )
    assert read_fdx(file.encode("utf-16")).elements == (Action(text="é李"),)
    plain = _file("<Paragraph Type='Action'><Text>é\x01李</Text></Paragraph>")
    assert read_fdx(plain.encode()).elements == (Action(text="é李"),)


BOMB = (
    '<!DOCTYPE FinalDraft [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{f"&{below};" * 10}">'
        for below, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><FinalDraft><Content><Paragraph><Text>&i;</Text></Paragraph></Content></FinalDraft>"
)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (BOMB, "document type"),
        ('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///secret">]><FinalDraft>&f;', "document type"),
        ('<!DOCTYPE FinalDraft SYSTEM "http://127.0.0.1:9/x.dtd"><FinalDraft/>', "document type"),
        ("<FinalDraft>" + "<a>" * 100_000, "nests more than"),
        ("<FinalDraft><Content><Paragraph>", "not well-formed XML: line 1"),
        ("<FinalDraft>&f;</FinalDraft>", "not well-formed"),
        ("<html><body/></html>", "not a Final Draft file: its XML is a 'html'"),
        ("INT. MILL - DAY\n", "not well-formed"),
        ("", "not well-formed"),
        (b"<?xml version='1.0' encoding='no-such'?><FinalDraft/>", "not well-formed|encoding"),
        (b"\xff\xfe\x00", "not well-formed|encoding"),
    ],
)
def test_a_file_that_is_none_is_refused_by_name(file: str | bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        read_fdx(file)
    assert refused.value.code == "E_FDX"
    assert refused.value.hint


def test_a_file_past_the_limit_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scriptgen.exports.fdx.xml_reading.MOST_CHARACTERS", 20)
    with pytest.raises(InputError, match="longer than 20 characters"):
        read_fdx(AS_SAVED)


_TAGS = st.sampled_from(
    ("Paragraph", "Text", "DualDialogue", "ScriptNote", "Content", "OmittedScene", "x")
)
_TYPES = st.sampled_from(
    (
        "Action",
        "Character",
        "Dialogue",
        "Parenthetical",
        "Scene Heading",
        "Lyrics",
        "Outline 99",
        "",
    )
)


def _xml(children: tuple[str, str, str, list[str]]) -> str:
    tag, kind, text, inner = children
    return f'<{tag} Type="{kind}" Range="{text}" StartsNewPage="Yes">{text}{"".join(inner)}</{tag}>'


_TREES = st.recursive(
    st.tuples(_TAGS, _TYPES, st.sampled_from(("(a)", " ", "1,2", "[[")), st.just([])).map(_xml),
    lambda inner: st.tuples(
        _TAGS, _TYPES, st.sampled_from(("", "c", "0,0")), st.lists(inner, max_size=4)
    ).map(_xml),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_TREES, max_size=4).map("".join))
def test_any_tree_of_a_final_draft_file_is_read(content: str) -> None:
    notes = "<ScriptNotes>" + content + "</ScriptNotes>"
    read_fdx(_file(content, notes))
