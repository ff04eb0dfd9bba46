package org.evenkeel.simulator.shopify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.execution.directives.QueryDirectives;
import graphql.normalized.ExecutableNormalizedField;
import graphql.schema.DataFetchingEnvironment;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evenkeel.simulator.Call;
import org.evenkeel.simulator.Fault;
import org.evenkeel.simulator.Happening;
import org.evenkeel.simulator.IdempotencyKeys;
import org.evenkeel.simulator.Notice;
import org.evenkeel.simulator.Reply;
import org.evenkeel.simulator.RequestLog;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.StoreProtocol;

/** Shopify's GraphQL Admin API: {@code POST /<shop>/admin/api/<version>/graphql.json}. */
public final class ShopifyProtocol implements StoreProtocol {
    /** The versions that are answered. */
    public static final List<String> VERSIONS = List.of("2026-04", "2026-07");

    static final String VERSION = "version";

    private static final Pattern PATH = Pattern.compile("/([^/]+)/admin/api/([^/]+)/graphql\\.json");
    private static final String NOT_FOUND = "{\"errors\":\"Not Found\"}";
    private static final String UNAUTHORIZED =
            "{\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong password)\"}";

    private final AdminApi api = new AdminApi();
    private final ObjectMapper json = new ObjectMapper();
    private final Redaction redaction = new Redaction(json);

    @Override
    public String name() {
        return "Shopify";
    }

    @Override
    public Optional<String> shopOf(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    @Override
    public URI address(URI simulator, String shop) {
        return simulator.resolve("/" + shop);
    }

    @Override
    public List<Notice> notices(Shop shop, Happening happening) {
        return Topic.notices(shop, happening);
    }

    @Override
    public Notice.Message again(Notice.Message first) {
        return new WebhookMessage(first.headers(), first.body()).again().message();
    }

    @Override
    public Reply unknownShop(Call call) {
        return Reply.json(404, NOT_FOUND);
    }

    /** Whether setting a figure also stocks the item: Shopify refused that before 2026-07. */
    static boolean stocksOnSet(DataFetchingEnvironment env) {
        Boolean told = Fields.shop(env).stocksOnSet();
        String version = env.getGraphQlContext().get(VERSION);
        return told != null ? told : version.compareTo("2026-07") >= 0;
    }

    @Override
    public Reply answer(Shop shop, Call call) {
        Matcher path = PATH.matcher(call.path());
        if (!path.matches()
                || !VERSIONS.contains(path.group(2))
                || !call.method().equals("POST")) {
            return Reply.json(404, NOT_FOUND);
        }
        if (!shop.accepts(call.header("X-Shopify-Access-Token"))) {
            return Reply.json(401, UNAUTHORIZED);
        }
        Optional<AdminRequest> request = AdminRequest.read(json, call.body());
        if (request.isEmpty()) {
            return Reply.json(400, "{\"errors\":{\"query\":\"Required parameter missing or invalid\"}}");
        }
        return answer(shop, request.get(), path.group(2));
    }

    private Reply answer(Shop shop, AdminRequest request, String version) {
        AdminApi.Reading reading = api.read(request);
        if (reading.prepared() == null) {
            AdminAnswer refusal = AdminAnswer.errors(reading.errors(), null);
            log(shop, request, "", List.of(), refusal.outcome());
            return ok(refusal, version);
        }
        AdminApi.Prepared prepared = reading.prepared();
        List<String> names = new ArrayList<>(prepared.fields());
        String operation = Optional.ofNullable(prepared.definition().getName()).orElse("");
        names.add(operation);
        Optional<Fault> fault = shop.faults().strike(names);
        Outcome outcome = fault.map(f -> struck(shop, prepared, version, f))
                .orElseGet(() -> carriedOut(shop, prepared, version, Set.of()));
        log(shop, request, operation, prepared.fields(), outcome.word());
        return outcome.reply();
    }

    /** A reply and the word for it in the log. */
    private record Outcome(Reply reply, String word) {}

    private Outcome carriedOut(Shop shop, AdminApi.Prepared prepared, String version, Set<String> claimed) {
        AdminAnswer answer = api.execute(shop, prepared, version, claimed);
        return new Outcome(ok(answer, version), answer.outcome());
    }

    private Outcome struck(Shop shop, AdminApi.Prepared prepared, String version, Fault fault) {
        String word = fault.kind().name();
        return switch (fault.kind()) {
            case THROTTLED -> new Outcome(ok(api.throttled(shop, prepared), version), word);
            case SERVER_ERROR -> new Outcome(Reply.json(fault.status(), "{\"errors\":\"Service Unavailable\"}"), word);
            case UNAUTHORIZED -> new Outcome(Reply.json(401, UNAUTHORIZED), word);
            case DROP_BEFORE_WRITE -> new Outcome(new Reply.Broken(), word);
            case DROP_AFTER_WRITE -> {
                carriedOut(shop, prepared, version, Set.of());
                yield new Outcome(new Reply.Broken(), word);
            }
            case MALFORMED -> {
                Reply.Response whole = (Reply.Response)
                        carriedOut(shop, prepared, version, Set.of()).reply();
                yield new Outcome(new Reply.CutOff(whole), word);
            }
            case HANG -> hangThenCarryOut(shop, prepared, version, fault);
            case HANG_AFTER_WRITE -> {
                Outcome done = carriedOut(shop, prepared, version, Set.of());
                yield new Outcome(shop.faults().hang(fault) ? done.reply() : new Reply.Broken(), word);
            }
        };
    }

    private Outcome hangThenCarryOut(Shop shop, AdminApi.Prepared prepared, String version, Fault fault) {
        Set<String> claimed = claim(shop, prepared);
        if (shop.faults().hang(fault)) {
            return new Outcome(
                    carriedOut(shop, prepared, version, claimed).reply(),
                    fault.kind().name());
        }
        claimed.forEach(shop.idempotency()::forget);
        return new Outcome(new Reply.Broken(), fault.kind().name());
    }

    /** While a call hangs, its keys are taken: the same call again is told that the first is under way. */
    private Set<String> claim(Shop shop, AdminApi.Prepared prepared) {
        Set<String> claimed = new HashSet<>();
        for (ExecutableNormalizedField field : prepared.normalized().getTopLevelFields()) {
            QueryDirectives directives = prepared.normalized().getQueryDirectives(field);
            if (directives == null
                    || directives.getImmediateAppliedDirective("idempotent").isEmpty()) {
                continue;
            }
            String key = Idempotent.key(directives);
            Idempotent.Input input = new Idempotent.Input(field.getName(), new HashMap<>(field.getResolvedArguments()));
            if (shop.idempotency().claim(key, input, shop.now()) == IdempotencyKeys.Claim.NEW) {
                claimed.add(key);
            }
        }
        return claimed;
    }

    private Reply.Response ok(AdminAnswer answer, String version) {
        try {
            Map<String, String> headers = Map.of(
                    "Content-Type",
                    "application/json; charset=utf-8",
                    "X-Shopify-API-Version",
                    version,
                    "X-Request-Id",
                    UUID.randomUUID().toString());
            return new Reply.Response(200, headers, json.writeValueAsBytes(answer.body()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer that is no JSON", e);
        }
    }

    private void log(Shop shop, AdminRequest request, String operation, List<String> fields, String outcome) {
        shop.log()
                .add(new RequestLog.Entry(
                        shop.clock().instant(), operation, fields, redaction.redact(request.variables()), outcome));
    }
}
