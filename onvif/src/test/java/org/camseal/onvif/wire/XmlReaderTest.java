package org.camseal.onvif.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile document tries, each beside the harmless one that differs in nothing else. */
@Timeout(60)
class XmlReaderTest {
    private static XmlElement read(String document) throws OnvifException.Malformed {
        return XmlReader.read(document.getBytes(StandardCharsets.UTF_8), XmlLimits.REQUEST);
    }

    private static void refused(String document, String reason) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(OnvifException.Malformed.class)
                .hasMessageContaining(reason);
    }

    @Test
    void namesTextsAndAttributesAreRead() throws Exception {
        XmlElement read =
                read("<?xml version=\"1.0\" encoding=\"utf-8\"?><!-- c --><a:x xmlns:a='urn:a' xmlns='urn:b' k='v'>"
                        + "<y a:l='1'> t&lt;&#65;<![CDATA[&x]]> </y></a:x>");
        assertThat(read.name()).isEqualTo(new XmlName("urn:a", "x"));
        assertThat(read.attribute("k")).contains("v");
        XmlElement y = read.child("urn:b", "y").orElseThrow();
        assertThat(y.text()).isEqualTo("t<A&x");
        assertThat(y.attributes()).containsEntry(new XmlName("urn:a", "l"), "1");
        assertThat(y.resolve("a:z")).contains(new XmlName("urn:a", "z"));
        assertThat(y.resolve("nobody:z")).isEqualTo(Optional.empty());
    }

    @Test
    void aFileIsNotReadThroughAnEntity(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "the secret of this machine");
        refused("<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><x>&e;</x>", "not well-formed");
        refused("<!DOCTYPE x SYSTEM \"" + secret.toUri() + "\"><x/>", "not well-formed");
        refused("<!DOCTYPE x [<!ENTITY % p SYSTEM \"" + secret.toUri() + "\"> %p;]><x/>", "not well-formed");
        assertThat(read("<x>no entity</x>").text()).isEqualTo("no entity");
    }

    @Test
    void nothingGrowsByEntities() throws Exception {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY a" + i + " \"" + ("&a" + (i - 1) + ";").repeat(10) + "\">");
        }
        refused(laughs + "]><x>&a29;</x>", "not well-formed");
        refused("<!DOCTYPE x><x/>", "not well-formed");
        refused("<x>&a29;</x>", "not well-formed");
        assertThat(read("<x>&amp;a29;</x>").text()).isEqualTo("&a29;");
    }

    @Test
    void depthIsBounded() throws Exception {
        int most = XmlLimits.REQUEST.depth();
        assertThat(read("<x>".repeat(most) + "</x>".repeat(most)).children()).hasSize(1);
        refused("<x>".repeat(most + 1) + "</x>".repeat(most + 1), "more than " + most + " elements inside");
        refused("<x>".repeat(5000), "more than " + most + " elements inside");
    }

    @Test
    void elementsAreBounded() throws Exception {
        int most = XmlLimits.REQUEST.elements();
        assertThat(read("<x>" + "<y/>".repeat(most - 1) + "</x>").children()).hasSize(most - 1);
        refused("<x>" + "<y/>".repeat(most) + "</x>", "more than " + most + " elements");
    }

    @Test
    void attributesAreBounded() throws Exception {
        int most = XmlLimits.REQUEST.attributes();
        assertThat(read("<x" + attributes(most) + "/>").attributes()).hasSize(most);
        refused("<x" + attributes(most + 1) + "/>", "more than " + most + " attributes");
        refused("<x" + attributes(5000) + "/>", "");
        StringBuilder namespaces = new StringBuilder();
        for (int i = 0; i <= most; i++) {
            namespaces.append(" xmlns:a" + i + "='urn:a'");
        }
        refused("<x" + namespaces + "/>", "more than " + most + " attributes");
    }

    private static String attributes(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(" a" + i + "='1'");
        }
        return text.toString();
    }

    @Test
    void sizeIsBounded() throws Exception {
        int most = XmlLimits.REQUEST.bytes();
        String text = "t".repeat(most - "<x></x>".length());
        assertThat(read("<x>" + text + "</x>").text()).isEqualTo(text);
        refused("<x>" + text + "t</x>", "at most " + most + " are read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "<x>",
                "<x></y>",
                "<x/><y/>",
                "<x a='1' a='2'/>",
                "<a:x/>",
                "<x>\u0000</x>",
                "<x>&#0;</x>",
                "<?go?><x/>",
                "<x><?go?></x>",
                "<x/><?go?>",
                "<?xml version='1.0' encoding='ISO-8859-1'?><x/>",
                "<?xml version='1.0' encoding='UTF-16'?><x/>"
            })
    void whatIsNotPlainXmlIsRefused(String document) throws Exception {
        assertThatThrownBy(() -> read(document)).isInstanceOf(OnvifException.Malformed.class);
        assertThat(read("<x/>").children()).isEmpty();
    }

    @Test
    void onlyUtf8IsRead() throws Exception {
        assertThat(read("\ufeff<x>ä€😀</x>").text()).isEqualTo("ä€😀");
        byte[] latin = "<x>ä</x>".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> XmlReader.read(latin, XmlLimits.REQUEST)).hasMessageContaining("not UTF-8");
        byte[] wide = "<x>a</x>".getBytes(StandardCharsets.UTF_16);
        assertThatThrownBy(() -> XmlReader.read(wide, XmlLimits.REQUEST)).hasMessageContaining("not UTF-8");
    }

    @Test
    void whatWasSentIsNotRepeatedInMessages() {
        assertThatThrownBy(() -> read("<Password>open sesame</Passw&sesame;ord>"))
                .isInstanceOf(OnvifException.Malformed.class)
                .hasMessageNotContaining("sesame");
    }

    @Test
    void textStaysTextWhenWritten() throws Exception {
        String hostile = "</x><!-- \"'&amp; ]]> \t\r\n\u0000\ud800 & <y a='1'/>";
        XmlElement written = XmlElement.text(Namespaces.SCHEMA, "Name", hostile).with("token", hostile);
        XmlElement read = XmlReader.read(XmlWriter.write(written), XmlLimits.REQUEST);
        String kept = hostile.replace('\u0000', '\ufffd').replace('\ud800', '\ufffd');
        assertThat(read.name()).isEqualTo(new XmlName(Namespaces.SCHEMA, "Name"));
        assertThat(read.text()).isEqualTo(kept);
        assertThat(read.attribute("token")).contains(kept);
        assertThat(read.children()).isEmpty();
    }
}
