package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.camseal.media.Codec;
import org.camseal.media.Track;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.mikey.KeyManagement;
import org.camseal.streaming.mikey.MikeyMessage;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage.Request;
import org.camseal.streaming.sdp.Description;
import org.camseal.streaming.sdp.Offer;
import org.camseal.streaming.server.OfferedKeys.Agreed;
import org.camseal.streaming.srtp.Mki;
import org.camseal.streaming.srtp.SrtpKey;
import org.camseal.streaming.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What readers of all kinds answer to the offered key, and what comes of it. */
class KeyAgreementTest {
    private static final Track VIDEO = Synthetic.video(Codec.H264);
    private static final SrtpProfile PROFILE = SrtpProfile.AES_CM_128_HMAC_SHA1_80;

    private final OfferedKeys keys = new OfferedKeys(SrtpOffer.STANDARD, new Random(1), InstantSource.system());

    private MikeyMessage offered() throws ProtocolException {
        String description =
                Description.write(List.of(VIDEO), 1, "127.0.0.1", keys.describe("/live", List.of(VIDEO), PROFILE));
        assertThat(description).contains("m=video 0 RTP/SAVP 96");
        String value = Offer.parse(description)
                .tracks()
                .getFirst()
                .keying()
                .keyManagement()
                .orElseThrow();
        return MikeyMessage.parseBase64(KeyManagement.dataOfAttribute(value).orElseThrow());
    }

    private @Nullable Agreed agree(@Nullable String keyMgmt) throws ProtocolException {
        RtspHeaders headers = keyMgmt == null ? RtspHeaders.NONE : RtspHeaders.NONE.with("KeyMgmt", keyMgmt);
        return keys.agree("/live", VIDEO, new Request("SETUP", "rtsps://c/live/track1", headers));
    }

    private static String header(MikeyMessage offer, SrtpKey key, @Nullable Mki mki) {
        return KeyManagement.header(
                "rtsps://c/live/track1",
                new MikeyMessage(offer.bundle(), offer.sessions(), offer.time(), offer.rand(), key, mki));
    }

    @Test
    void theOfferNamesSourceAndMki() throws Exception {
        MikeyMessage offer = offered();
        assertThat(offer.key().profile()).isEqualTo(PROFILE);
        assertThat(offer.mki()).isNotNull().extracting(Mki::length).isEqualTo(4);
        assertThat(offer.sessions()).hasSize(1);
        assertThat(agree(null))
                .isNotNull()
                .extracting(Agreed::ssrc)
                .isEqualTo(offer.sessions().getFirst().ssrc());
    }

    @Test
    void theMkiStandsInPacketsWhereTheReaderEchoesIt() throws Exception {
        MikeyMessage offer = offered();
        assertThat(agree(header(offer, offer.key(), offer.mki())))
                .extracting(Agreed::key, Agreed::mki)
                .containsExactly(offer.key(), offer.mki());
        assertThat(agree(null)).extracting(Agreed::key, Agreed::mki).containsExactly(offer.key(), null);
    }

    /** GStreamer: a key of its own without MKI is for its reports alone. */
    @Test
    void aKeyWithoutMkiIsForReports() throws Exception {
        MikeyMessage offer = offered();
        SrtpKey own = SrtpKey.random(SrtpProfile.AEAD_AES_128_GCM, new Random(5));
        assertThat(agree(header(offer, own, null)))
                .extracting(Agreed::key, Agreed::mki, Agreed::readersKey, Agreed::readersMki)
                .containsExactly(offer.key(), null, own, null);
    }

    /** Readers that manage keys themselves: another key with an MKI is for media too. */
    @Test
    void anotherKeyWithMkiIsTakenOver() throws Exception {
        MikeyMessage offer = offered();
        SrtpKey own = SrtpKey.random(SrtpProfile.AEAD_AES_128_GCM, new Random(5));
        assertThat(agree(header(offer, own, Mki.of(9))))
                .extracting(Agreed::key, Agreed::mki, Agreed::readersKey)
                .containsExactly(own, Mki.of(9), own);
    }

    @Test
    void whatIsNoAgreement() throws Exception {
        assertThat(agree(null)).as("no description before").isNull();
        MikeyMessage offer = offered();
        SrtpKey shortTags = SrtpKey.random(SrtpProfile.AES_CM_128_HMAC_SHA1_32, new Random(5));
        assertThat(agree(header(offer, shortTags, Mki.of(9)))).as("not offered").isNull();
        assertThatThrownBy(() -> agree("prot=mikey; data=\"AQAFAA==\"")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> agree("prot=other")).hasMessageContaining("without MIKEY data");
        assertThat(agree(null)).as("positive control").isNotNull();
        keys.used("/live", VIDEO);
        assertThat(agree(null)).as("a key is for one session").isNull();
    }
}
