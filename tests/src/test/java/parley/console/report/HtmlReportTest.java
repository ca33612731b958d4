package parley.console.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.RecordedRuns;
import parley.safety.record.export.Filter;
import parley.safety.record.export.Selection;
import parley.tools.Language;
import parley.tools.schema.Json;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.imageio.ImageIO;

/// The report as people meet it, in a real browser: hostile content stays text, filters and both
/// languages work, nothing is asked of the network, and it fits a phone and paper. The pictures are
/// kept in `target/report`.
class HtmlReportTest {
    private static final Path PICTURES = Path.of("target", "report");

    @TempDir static Path folder;
    private static Path file = Path.of("");
    private static Browser browser;

    @BeforeAll
    static void write() throws Exception {
        Path record = RecordedRuns.into(folder.resolve("record"));
        Selection selection = Selection.of(record, Filter.none());
        var manifest = selection.manifest();
        manifest.set(
                "about", Json.mapper().createObjectNode().put("exporter", RecordedRuns.HOSTILES));
        file = folder.resolve("report.html");
        Files.writeString(file, new HtmlReport(selection, manifest, Language.EN).html());
        Files.createDirectories(PICTURES);
        Files.copy(
                file,
                PICTURES.resolve("report.html"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        browser = Browser.start(folder.resolve("profile"));
    }

    @AfterAll
    static void end() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static void open(String place) throws Exception {
        browser.scripts(true);
        browser.window(1280, 900, "");
        browser.open(file.toUri() + place);
    }

    private static String shown() throws Exception {
        return browser.value(
                "Array.from(document.querySelectorAll('.request')).filter(r => r.offsetParent !=="
                        + " null).map(r => r.dataset.operator).join(' ')");
    }

    @Test
    void nothingHostileBecomesMoreThanText() throws Exception {
        open("#?unfold=1");
        assertEquals("Parley · record · 审计记录", browser.value("document.title"));
        assertEquals("1", browser.value("document.scripts.length"));
        assertEquals("0", browser.value("document.images.length"));
        assertEquals(
                "0",
                browser.value(
                        "document.querySelectorAll('iframe,object,embed,form,link,base').length"));
        assertEquals(
                "0",
                browser.value(
                        "Array.from(document.querySelectorAll('*')).filter(e =>"
                                + " Array.from(e.attributes).some(a => a.name.startsWith('on') ||"
                                + " a.name === 'style' || a.name === 'src')).length"));
        String text = browser.value("document.body.innerText");
        assertTrue(text.contains("</script><script>document.title='owned'</script>"), text);
        assertTrue(text.contains("<img src=x onerror="), text);
        assertTrue(text.contains("U+2028") && text.contains("U+202E") && text.contains("U+001B"));
        assertFalse(
                browser.value("document.documentElement.textContent")
                        .matches("(?s).*[\u202a-\u202e\u2028\u2029\u0000\u001b].*"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void everythingRecordedIsOnThePage() throws Exception {
        open("#?unfold=1");
        String text = browser.value("document.body.innerText");
        for (String said :
                List.of(
                        "is any disk nearly full on web-1?",
                        "91% /var/lib/postgresql",
                        "APPROVAL NEEDED: typed words",
                        "sudo -n -- systemctl restart -- nginx.service",
                        "MainPID=10058",
                        "there is no tool \"shell.run\"",
                        "重启 web-2 上的 nginx",
                        "wrong host",
                        "outcome unknown",
                        "cups is active",
                        "a host's output")) {
            assertTrue(text.contains(said), said + " is not in " + text);
        }
        assertFalse(text.contains(RecordedRuns.SECRET));
        assertTrue(text.contains("[redacted"), text);
    }

    @Test
    void filtersNarrowAndSayHowMuchIsLeft() throws Exception {
        open("#?verdict=deny");
        assertEquals("mallory", shown());
        assertEquals(
                "1 of 7 requests", browser.value("document.getElementById('count').innerText"));
        open("#?operator=bob&words=cups");
        assertEquals("bob", shown());
        open("#?host=web-2");
        assertEquals("carol", shown());
        open("#?words=postgresql+nosuchword");
        assertEquals("", shown());
        assertEquals(
                "No request fits these filters.",
                browser.value("document.getElementById('nothing').innerText"));
        browser.value(
                "(() => { const s = document.getElementById('words'); s.value = '磁盘';"
                        + " s.dispatchEvent(new Event('input')); return ''; })()");
        assertEquals("carol", shown());
    }

    @Test
    void theLanguageIsTurnedByOneButton() throws Exception {
        open("");
        assertEquals("Audit report", browser.value("document.querySelector('h1').innerText"));
        browser.value("document.getElementById('language').click()");
        assertEquals("审计报告", browser.value("document.querySelector('h1').innerText"));
        assertEquals("所有主机", browser.value("document.querySelector('#host option').textContent"));
        assertEquals(
                "0",
                browser.value(
                        "Array.from(document.querySelectorAll('[lang=en]')).filter(e =>"
                                + " e.offsetParent !== null).length"));
        assertEquals("7 / 7 个请求", browser.value("document.getElementById('count').innerText"));
    }

    @Test
    void aLinkUnfoldsWhatItPointsTo() throws Exception {
        open("");
        String first = "document.querySelector('.l[id]')";
        String id = browser.value(first + ".id");
        assertEquals("false", browser.value(first + ".checkVisibility()"));
        open("#" + id);
        assertEquals(
                "true", browser.value("document.getElementById('" + id + "').checkVisibility()"));
        assertEquals(
                browser.value("document.querySelectorAll('a[href^=\"#\"]').length"),
                browser.value(
                        "Array.from(document.querySelectorAll('a[href]')).filter(a =>"
                                + " document.getElementById(a.getAttribute('href').slice(1)))"
                                + ".length"),
                "every link has its place on the page");
    }

    @Test
    void itReadsWithoutAnyScript() throws Exception {
        open("");
        browser.scripts(false);
        browser.open(file.toUri().toString());
        browser.scripts(true);
        String text = browser.value("document.body.innerText");
        assertTrue(text.contains("restart nginx.service on web-1"), text);
        assertTrue(text.contains("What nearly happened"), text);
    }

    @Test
    void itFitsAPhoneAndPaperAndIsNotBlank() throws Exception {
        for (int width : List.of(360, 768, 1280)) {
            open("#?unfold=1");
            browser.window(width, 900, "");
            assertEquals(
                    "true",
                    browser.value("document.documentElement.scrollWidth <= " + width),
                    () -> "wider than " + width);
            picture("screen-" + width + ".png");
        }
        open("#?unfold=1&lang=zh");
        picture("chinese.png");
        byte[] pdf = browser.print();
        Files.write(PICTURES.resolve("printed.pdf"), pdf);
        assertTrue(pdf.length > 20_000, "only " + pdf.length + " bytes of PDF");
        browser.window(1280, 900, "print");
        assertEquals(
                "0",
                browser.value(
                        "Array.from(document.querySelectorAll('.noprint')).filter(e =>"
                                + " e.checkVisibility()).length"));
    }

    /// A blank or a broken page has hardly any colours.
    private static void picture(String name) throws Exception {
        byte[] png = browser.picture();
        Files.write(PICTURES.resolve(name), png);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 3) {
            for (int x = 0; x < image.getWidth(); x += 3) {
                colours.add(image.getRGB(x, y));
            }
        }
        assertTrue(image.getHeight() > 2_000, name + " is only " + image.getHeight() + " high");
        assertTrue(colours.size() > 100, name + " has only " + colours.size() + " colours");
    }

    @Test
    void itAsksTheNetworkForNothingAndRunsOnlyItsOwnScript() throws Exception {
        String html = Files.readString(file, StandardCharsets.UTF_8);
        assertTrue(html.contains("default-src &#39;none&#39;"), "the policy is in the page");
        assertFalse(html.contains("unsafe-inline"));
        open("");
        assertEquals(
                "refused",
                browser.value(
                        "(() => { const s = document.createElement('script'); s.textContent ="
                            + " 'window.ran = 1'; document.body.appendChild(s); return window.ran ?"
                            + " 'ran' : 'refused'; })()"));
        assertEquals(
                "refused",
                browser.value(
                        "(() => { const s = document.createElement('p'); s.setAttribute('style',"
                                + " 'position: fixed'); document.body.appendChild(s); return"
                                + " getComputedStyle(s).position === 'fixed' ? 'ran' : 'refused';"
                                + " })()"));
    }
}
