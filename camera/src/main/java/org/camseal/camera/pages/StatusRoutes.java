package org.camseal.camera.pages;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.camseal.camera.Camera;
import org.camseal.camera.CameraEvent;
import org.camseal.camera.CameraStatus;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.ElementHealth;
import org.camseal.identity.ElementInfo;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.SignatureCounts;
import org.camseal.identity.Slot;
import org.camseal.web.WebResponse;
import org.jspecify.annotations.Nullable;

/** How the camera is doing, and what it is. */
final class StatusRoutes {
    private final Camera camera;
    private final Identity identity;
    private final InstantSource clock;

    StatusRoutes(Camera camera, Identity identity, InstantSource clock) {
        this.camera = camera;
        this.identity = identity;
        this.clock = clock;
    }

    /** Something that happened, in words. */
    record Happened(Instant at, String text) {}

    /**
     * How it is doing.
     *
     * @param uptimeSeconds since the program began
     */
    record Status(
            String serial,
            String state,
            String source,
            String address,
            int readers,
            long sealed,
            long sealedBytes,
            long dropped,
            @Nullable Instant lastUnit,
            Instant now,
            long uptimeSeconds,
            List<Happened> recent) {}

    /** A key in the element. */
    record Key(
            String slot,
            String algorithm,
            @Nullable Long uses,
            @Nullable Long usesToday,
            @Nullable Long usesPerDay) {}

    /** What an element's queue has seen. */
    record Health(long answered, long failed, long late, long refused, double medianMillis, double slowestMillis) {}

    /** Who it is and what keeps its keys. */
    record Who(
            String serial,
            String model,
            String maker,
            String element,
            String assurance,
            int signaturesPerSecond,
            List<Key> keys,
            @Nullable Health health) {}

    List<PageRoute> routes() {
        return List.of(
                PageRoute.get("/api/status", AccountRole.VIEWER, _ -> WebResponse.json(status())),
                PageRoute.get("/api/identity", AccountRole.VIEWER, _ -> WebResponse.json(who())));
    }

    private Status status() {
        CameraStatus status = camera.status();
        List<Happened> recent = status.recent().reversed().stream()
                .filter(event -> !(event instanceof CameraEvent.Reader)) // addresses of others are for operators
                .limit(10)
                .map(event -> new Happened(event.at(), event.text()))
                .toList();
        long uptime = java.lang.management.ManagementFactory.getRuntimeMXBean().getUptime() / 1000;
        return new Status(
                status.stream().camera(),
                status.state().name().toLowerCase(Locale.ROOT),
                status.source(),
                status.address().toString(),
                status.readers(),
                status.counts().sealed(),
                status.counts().sealedBytes(),
                status.counts().dropped(),
                status.lastUnit().orElse(null),
                clock.instant(),
                uptime,
                recent);
    }

    private Who who() throws IdentityException {
        CertificateSubject subject = identity.subject();
        ElementInfo info = identity.element().info();
        List<Key> keys = new ArrayList<>();
        for (Slot slot : List.of(Slot.TLS, Slot.MEDIA, Slot.TLS_CUSTOM, Slot.MEDIA_CUSTOM)) {
            Optional<KeyHandle> key = identity.element().key(slot);
            if (key.isPresent()) {
                Optional<SignatureCounts.Usage> usage = identity.element().usage(slot);
                keys.add(new Key(
                        slot.label(),
                        key.get().algorithm().name(),
                        usage.map(SignatureCounts.Usage::ever).orElse(null),
                        usage.map(SignatureCounts.Usage::today).orElse(null),
                        usage.map(SignatureCounts.Usage::perDay).orElse(null)));
            }
        }
        return new Who(
                subject.serial(),
                subject.name(),
                subject.organization(),
                info.name(),
                info.assurance().name().toLowerCase(Locale.ROOT),
                info.signaturesPerSecond(),
                keys,
                identity.element().health().map(StatusRoutes::health).orElse(null));
    }

    private static Health health(ElementHealth health) {
        return new Health(
                health.done(),
                health.failed(),
                health.late(),
                health.refused(),
                health.median().toNanos() / 1e6,
                health.slowest().toNanos() / 1e6);
    }
}
