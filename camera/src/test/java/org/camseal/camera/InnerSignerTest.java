package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.signing.SigningAlgorithm;
import org.camseal.signing.SigningException;
import org.camseal.signing.SigningKey;
import org.camseal.signing.validation.MediaValidator;
import org.camseal.signing.validation.SigningReason;
import org.camseal.signing.validation.SigningReport;
import org.camseal.signing.validation.SigningVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InnerSignerTest {
    private static final int GROUP = 25;

    private final List<CameraEvent> events = new ArrayList<>();
    private final Site site;
    private final Films.Film film;
    private boolean keyIsBroken;

    InnerSignerTest(@TempDir Path directory) throws Exception {
        site = new Site(directory);
        film = Films.pattern(Films.SILENT, 6 * GROUP);
    }

    private InnerSigner signer() throws CameraException {
        SigningKey key = ElementSigningKey.of(site.keys.media());
        SigningKey breakable = new SigningKey() {
            @Override
            public SigningAlgorithm algorithm() {
                return key.algorithm();
            }

            @Override
            public List<X509Certificate> chain() {
                return key.chain();
            }

            @Override
            public byte[] sign(byte[] document) throws SigningException.KeyFailed {
                if (keyIsBroken) {
                    throw new SigningException.KeyFailed("the element was removed");
                }
                return key.sign(document);
            }
        };
        Signing.On on = (Signing.On) Signing.by(Site.SERIAL);
        InnerSigner.Means means = new InnerSigner.Means(on.settings(), breakable, Runnable::run);
        return new InnerSigner(film.tracks().getFirst(), means, new FakeClock(), events::add);
    }

    private SigningReport judge(List<AccessUnit> units) {
        MediaValidator validator =
                new MediaValidator((VideoFormat) film.tracks().getFirst().format());
        units.forEach(unit -> validator.accept((VideoUnit) unit));
        validator.finish();
        return validator.report();
    }

    @Test
    void aWholeFilmIsAuthenticToItsEnd() throws Exception {
        InnerSigner signer = signer();
        List<AccessUnit> signed = new ArrayList<>();
        for (AccessUnit unit : film.units()) {
            signed.add(signer.sign(unit));
        }
        signer.end().ifPresent(signed::add);
        SigningReport report = judge(signed);
        assertThat(report.overall().orElseThrow()).isInstanceOf(SigningVerdict.Authentic.class);
        assertThat(report.authentic()).isEqualTo(6);
        assertThat(report.openTail()).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void theSignaturesOfAPictureThatWasNotSentAreInTheNext() throws Exception {
        InnerSigner signer = signer();
        List<AccessUnit> sent = new ArrayList<>();
        int unsent = 0;
        for (AccessUnit unit : film.units()) {
            AccessUnit signed = signer.sign(unit);
            boolean hasSei = ((VideoUnit) signed).nalUnits().size()
                    > ((VideoUnit) unit).nalUnits().size();
            if (hasSei && unsent == 0) {
                signer.notSent(unit, signed);
                unsent++;
            } else {
                sent.add(signed);
            }
        }
        signer.end().ifPresent(sent::add);
        SigningReport report = judge(sent);
        assertThat(report.forged()).isZero();
        assertThat(report.unsigned()).isZero();
        assertThat(report.authentic()).isEqualTo(5);
        assertThat(report.overall().orElseThrow().reason()).isEqualTo(SigningReason.UNITS_LOST);
    }

    @Test
    void afterAFaultOfTheKeyItBeginsAnewWithTheNextKeyPicture() throws Exception {
        InnerSigner signer = signer();
        List<AccessUnit> units = film.units();
        for (AccessUnit unit : units.subList(0, GROUP)) {
            signer.sign(unit);
        }
        keyIsBroken = true;
        signer.sign(units.get(GROUP));
        assertThatThrownBy(() -> signer.sign(units.get(GROUP + 1)))
                .isInstanceOf(SigningException.KeyFailed.class)
                .hasMessageContaining("the element was removed");
        keyIsBroken = false;
        assertThatThrownBy(() -> signer.sign(units.get(GROUP + 2))).isInstanceOf(SigningException.NotStarted.class);
        List<AccessUnit> signed = new ArrayList<>();
        for (AccessUnit unit : units.subList(2 * GROUP, units.size())) {
            signed.add(signer.sign(unit));
        }
        signer.end().ifPresent(signed::add);
        assertThat(judge(signed).authentic()).isEqualTo(4);
    }

    @Test
    void aSourceThatSignsKeepsItsOwnSignatureAndThatIsStated() throws Exception {
        InnerSigner source = signer();
        List<AccessUnit> signed = new ArrayList<>();
        for (AccessUnit unit : film.units()) {
            signed.add(source.sign(unit));
        }
        InnerSigner gateway = signer();
        List<AccessUnit> passed = new ArrayList<>();
        for (AccessUnit unit : signed.subList(GROUP, signed.size())) {
            passed.add(gateway.sign(unit));
        }
        assertThat(passed).isEqualTo(signed.subList(GROUP, signed.size()));
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.text()).contains("the source is signed already"));
        assertThat(gateway.end()).isEmpty();
    }
}
