package org.evenkeel.connector.shopify;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Takes an answer into memory, but not without a limit: a page of 250 items stays far below it. */
final class LimitedBody implements HttpResponse.BodyHandler<byte[]> {
    static final long LIMIT = 32L * 1024 * 1024;

    @Override
    public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo info) {
        return new Subscriber();
    }

    private static final class Subscriber implements HttpResponse.BodySubscriber<byte[]> {
        private final HttpResponse.BodySubscriber<byte[]> bytes = HttpResponse.BodySubscribers.ofByteArray();
        private Flow.Subscription subscription;
        private long taken;

        @Override
        public CompletionStage<byte[]> getBody() {
            return bytes.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription source) {
            subscription = source;
            bytes.onSubscribe(source);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            taken += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            if (taken > LIMIT) {
                subscription.cancel();
                bytes.onError(new IOException("The answer is longer than " + LIMIT + " bytes."));
                return;
            }
            bytes.onNext(buffers);
        }

        @Override
        public void onError(Throwable error) {
            bytes.onError(error);
        }

        @Override
        public void onComplete() {
            bytes.onComplete();
        }
    }
}
