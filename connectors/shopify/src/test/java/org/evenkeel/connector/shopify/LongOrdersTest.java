package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.OrderEntry;
import org.evenkeel.connector.OrderLine;
import org.evenkeel.connector.OrderSnapshot;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.TransientException;
import org.evenkeel.connector.UnreadableOrder;
import org.evenkeel.connector.shopify.ScriptedStore.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders that no single query holds: each list is followed page by page, as of one state of the order. */
class LongOrdersTest {
    private static final Instant SINCE = Instant.parse("2026-11-02T10:00:00Z");
    private static final String NOW = "2026-11-03T10:00:00Z";
    private static final String LATER = "2026-11-03T10:00:01Z";
    private static final String END = "'pageInfo':{'hasNextPage':false}";
    private static final String MORE = "'pageInfo':{'hasNextPage':true,'endCursor':'c1'}";

    private ScriptedStore store;

    @BeforeEach
    void open() throws IOException {
        store = new ScriptedStore();
        store.tell("Orders", Answer.ok("{'orders':{'nodes':[" + order(NOW, lines(0, 8), MORE) + "]," + END + "}}"));
        store.tell("OrdersById", Answer.ok("{'nodes':[" + order(NOW, lines(0, 90), MORE) + "]}"));
        store.tell("OrderLines", linesAnswer(NOW, 0, 250, MORE), linesAnswer(NOW, 250, 300, END));
        store.tell(
                "OrderMoves",
                Answer.ok("{'order':{'updatedAt':'" + NOW + "','fulfillments':[{'id':'f1'}],"
                        + "'refunds':[{'id':'r1'}]}}"));
        store.tell(
                "OrderShipments",
                Answer.ok("{'order':{'updatedAt':'" + NOW + "','fulfillments':[{'id':'f1',"
                        + "'status':'SUCCESS','createdAt':'" + NOW + "','fulfillmentLineItems':{'nodes':["
                        + moved(0, 250, "") + "]," + MORE + "}}]}}"));
        store.tell(
                "ShipmentLines",
                Answer.ok("{'node':{'fulfillmentLineItems':{'nodes':[" + moved(250, 300, "") + "]," + END + "}}}"));
        store.tell(
                "OrderRefunds",
                Answer.ok("{'order':{'updatedAt':'" + NOW + "','refunds':[{'id':'r1',"
                        + "'createdAt':'" + NOW + "','refundLineItems':{'nodes':["
                        + moved(0, 200, ",'restockType':'RETURN','restocked':true") + "]," + MORE + "}}]}}"));
        store.tell(
                "RefundLines",
                Answer.ok("{'node':{'refundLineItems':{'nodes':["
                        + moved(200, 300, ",'restockType':'RETURN','restocked':true") + "]," + END + "}}}"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void everyPageOfEveryListIsFollowed() throws ConnectorException {
        OrderSnapshot order = (OrderSnapshot) pull();
        assertThat(order.lines()).hasSize(300);
        assertThat(order.lines()).extracting(OrderLine::id).doesNotHaveDuplicates();
        assertThat(order.lines())
                .allMatch(line -> line.ordered() == 1 && line.fulfilled() == 1 && line.returned() == 1);
        assertThat(after("OrderLines")).containsExactly("", "c1");
        assertThat(after("ShipmentLines")).containsExactly("c1");
        assertThat(after("RefundLines")).containsExactly("c1");
    }

    @Test
    void anOrderThatChangesMeanwhileIsReadAgain() throws ConnectorException {
        store.tell(
                "OrderLines",
                linesAnswer(NOW, 0, 250, MORE),
                linesAnswer(LATER, 250, 301, END),
                linesAnswer(LATER, 0, 250, MORE),
                linesAnswer(LATER, 250, 301, END));
        String moves = "{'order':{'updatedAt':'" + LATER + "','fulfillments':[],'refunds':[]}}";
        store.tell("OrderMoves", Answer.ok(moves));
        OrderSnapshot order = (OrderSnapshot) pull();
        assertThat(order.updatedAt()).isEqualTo(Instant.parse(LATER));
        assertThat(order.lines()).hasSize(301);
        assertThat(after("OrderLines")).containsExactly("", "c1", "", "c1");
    }

    @Test
    void anOrderThatNeverRestsIsTriedLater() {
        store.tell(
                "OrderLines",
                IntStream.range(0, 20)
                        .mapToObj(i -> linesAnswer("2026-11-03T10:00:" + (10 + i) + "Z", 0, 9, END))
                        .toArray(Answer[]::new));
        assertThatThrownBy(this::pull).isInstanceOf(TransientException.class).hasMessageContaining("keeps changing");
    }

    @Test
    void whatWasReadBeforeTheBudgetRanOutIsNotReadAgain() throws ConnectorException {
        store.tell("OrderMoves", Answer.errors("THROTTLED", "Throttled"));
        assertThatThrownBy(this::pull).isInstanceOf(RateLimitedException.class);
        String moves = "{'order':{'updatedAt':'" + NOW + "','fulfillments':[],'refunds':[]}}";
        store.tell("OrderMoves", Answer.ok(moves));
        assertThat(((OrderSnapshot) pull()).lines()).hasSize(300);
        assertThat(after("OrderLines")).containsExactly("", "c1");
        assertThat(store.requests("Orders")).hasSize(2);
    }

    @Test
    void anEmptyAnswerIsNotTakenForAnEmptyList() {
        store.tell("ShipmentLines", Answer.ok("{'node':null}"));
        assertThatThrownBy(this::pull).isInstanceOf(TransientException.class);
    }

    @Test
    void anOrderWithMoreShipmentsThanAnyListHoldsIsUnreadableAlone() throws ConnectorException {
        String many =
                IntStream.range(0, 200).mapToObj(i -> "{'id':'f" + i + "'}").collect(Collectors.joining(","));
        store.tell(
                "OrderMoves",
                Answer.ok("{'order':{'updatedAt':'" + NOW + "','fulfillments':[" + many + "],'refunds':[]}}"));
        assertThat(pull())
                .isInstanceOfSatisfying(
                        UnreadableOrder.class,
                        order -> assertThat(order.reason()).contains("too many to read"));
    }

    @Test
    void anOrderThatIsDeletedMeanwhileIsLeftOut() throws ConnectorException {
        store.tell("OrdersById", Answer.ok("{'nodes':[null]}"));
        assertThat(store.connector().orders(null, SINCE, store.call()).entries())
                .isEmpty();
    }

    private OrderEntry pull() throws ConnectorException {
        return store.connector().orders(null, SINCE, store.call()).entries().get(0);
    }

    private List<String> after(String operation) {
        return store.requests(operation).stream()
                .map(request -> request.path("variables").path("after"))
                .map(after -> after.isNull() ? "" : after.asText())
                .toList();
    }

    private static String order(String updatedAt, String lines, String page) {
        return "{'id':'gid://shopify/Order/1','name':'#1001','createdAt':'" + NOW + "','updatedAt':'" + updatedAt
                + "','displayFinancialStatus':'PAID','lineItems':{'nodes':[" + lines + "]," + page
                + "},'fulfillments':[],'refunds':[]}";
    }

    private static Answer linesAnswer(String updatedAt, int from, int to, String page) {
        return Answer.ok("{'order':" + order(updatedAt, lines(from, to), page) + "}");
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{'id':'l" + i + "','name':'Line " + i + "','sku':'S" + i
                        + "','quantity':1,'unfulfilledQuantity':0}")
                .collect(Collectors.joining(","));
    }

    private static String moved(int from, int to, String more) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{'quantity':1,'lineItem':{'id':'l" + i + "'}" + more + "}")
                .collect(Collectors.joining(","));
    }
}
