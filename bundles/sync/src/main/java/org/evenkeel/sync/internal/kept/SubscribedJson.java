package org.evenkeel.sync.internal.kept;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.evenkeel.connector.WebhookSubscriptions.Subscription;
import org.evenkeel.sync.internal.lane.LaneMemory.Subscribed;

/** What a store was told of where to call back, as it is kept. */
@JsonIgnoreProperties(ignoreUnknown = true)
record SubscribedJson(String address, long at, long again, String trouble, List<One> present) {
    private static final int MOST_KEPT = 100;

    @JsonIgnoreProperties(ignoreUnknown = true)
    record One(String id, String topic, String address, boolean active, Long since) {}

    static byte[] written(Subscribed subscribed) {
        if (subscribed == null) {
            return new byte[0];
        }
        return Json.write(new SubscribedJson(
                subscribed.address().toString(),
                subscribed.at().toEpochMilli(),
                subscribed.again().toEpochMilli(),
                subscribed.trouble(),
                subscribed.present().stream()
                        .limit(MOST_KEPT)
                        .map(one -> new One(
                                one.id(),
                                one.topic(),
                                one.address(),
                                one.active(),
                                one.since() == null ? null : one.since().toEpochMilli()))
                        .toList()));
    }

    static Subscribed read(byte[] json) {
        if (json == null || json.length == 0) {
            return null;
        }
        SubscribedJson kept = Json.read(json, SubscribedJson.class);
        return new Subscribed(
                URI.create(kept.address),
                Instant.ofEpochMilli(kept.at),
                Instant.ofEpochMilli(kept.again),
                kept.trouble,
                kept.present.stream()
                        .map(one -> new Subscription(
                                one.id,
                                one.topic,
                                one.address,
                                one.active,
                                one.since == null ? null : Instant.ofEpochMilli(one.since)))
                        .toList());
    }
}
