using System.Text;
using S3Lister.Listing.Xml;

namespace S3Lister.Tests.Listing.Xml;

public sealed class XmlCursorTests
{
    [Theory]
    [InlineData("<a><b>text</b></a>")]
    [InlineData("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a xmlns=\"http://example.com/\">\n  <b>text</b>\n</a>\n")]
    [InlineData("<?xml version='1.0' encoding='utf-8' standalone='yes'?><a><b>text</b></a>")]
    [InlineData("<!-- > --><a x='>' y=\"</a>\"><!-- <b> --><?pi <b>?><b z=''>text</b></a><!-- end -->")]
    [InlineData("<s3:a xmlns:s3='u'><s3:b>text</s3:b ></s3:a>")]
    [InlineData("<a><b><![CDATA[te]]>xt</b></a>")]
    [InlineData("<a><b>te<!-- -->x<![CDATA[t]]></b></a>")]
    [InlineData("<a><b>&#116;&#x65;x&#0116;</b></a>")]
    [InlineData("<a><c><d/><b>no</b><![CDATA[</c>]]></c><d><d></d></d><b>text</b></a>")]
    [InlineData("<a><c/><c x='1' /><b>text</b></a>")]
    public void Text_Is_Read_In_Every_Notation_Of_Xml(string xml) => Assert.Equal("text", TextOfB(xml));

    [Theory]
    [InlineData("&amp;&lt;&gt;&quot;&apos;", "&<>\"'")]
    [InlineData("a&amp;amp;b", "a&amp;b")]
    [InlineData("&#x1F600;&#10;&#xE000;", "😀\n\ue000")]
    [InlineData("<![CDATA[&amp;<b>]]>", "&amp;<b>")]
    [InlineData("", "")]
    [InlineData(" a ", " a ")]
    public void Text_Is_Decoded_Once(string text, string expected) => Assert.Equal(expected, TextOfB($"<a><b>{text}</b></a>"));

    [Fact]
    public void Text_Is_Empty_When_The_Element_Is_Empty() => Assert.Equal("", TextOfB("<a><b/></a>"));

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("<a>")]
    [InlineData("<a")]
    [InlineData("<a b")]
    [InlineData("<a b='>")]
    [InlineData("<>")]
    [InlineData("<c></c>")]
    [InlineData("<a></b>")]
    [InlineData("<a><b></a></b>")]
    [InlineData("<a><b>text</a>")]
    [InlineData("<a><b>text")]
    [InlineData("<a><b>text</b")]
    [InlineData("<a><b>text</b>")]
    [InlineData("<a><b><c/></b></a>")]
    [InlineData("<a><b>&unknown;</b></a>")]
    [InlineData("<a><b>&amp</b></a>")]
    [InlineData("<a><b>&#0;</b></a>")]
    [InlineData("<a><b>&#xD800;</b></a>")]
    [InlineData("<a><b>&#x110000;</b></a>")]
    [InlineData("<a><b>&#-1;</b></a>")]
    [InlineData("<a><b>&#;</b></a>")]
    [InlineData("<a><b><![CDATA[text</b></a>")]
    [InlineData("<a><!-- </a>")]
    [InlineData("<a><c>")]
    [InlineData("<a><c></c")]
    [InlineData("<a></a><a></a>")]
    [InlineData("<a></a>text")]
    [InlineData("<!DOCTYPE a [<!ENTITY x 'y'>]><a></a>")]
    [InlineData("<a><!ENTITY x 'y'></a>")]
    [InlineData("<?xml version='1.0' encoding='ISO-8859-1'?><a></a>")]
    [InlineData("{\"a\":1}")]
    public void Document_Is_Refused_When_It_Is_Malformed(string xml) => Assert.ThrowsAny<FormatException>(() => TextOfB(xml));

    [Fact]
    public void Document_Is_Refused_Or_Read_When_It_Is_Cut()
    {
        const string Xml = "<?xml version=\"1.0\"?><a x='1'><!-- c --><c><d/></c><b>t&amp;<![CDATA[x]]></b></a>";
        for (var length = 0; length < Xml.Length; length++)
        {
            Assert.ThrowsAny<FormatException>(() => TextOfB(Xml[..length]));
        }

        Assert.Equal("t&x", TextOfB(Xml));
    }

    private static string? TextOfB(string xml)
    {
        var bytes = Encoding.UTF8.GetBytes(xml);
        XmlCursor cursor = new(bytes);
        string? text = null;
        cursor.ReadRoot("a"u8);
        while (cursor.ReadChild("a"u8, out var name))
        {
            if (name.SequenceEqual("b"u8))
            {
                text = Encoding.UTF8.GetString(cursor.ReadText(name).In(bytes));
            }
            else
            {
                cursor.Skip();
            }
        }

        cursor.ReadEnd();
        return text;
    }
}
