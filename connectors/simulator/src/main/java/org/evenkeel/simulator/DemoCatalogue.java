package org.evenkeel.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A small catalogue of invented goods that several shops share, with the oddities that real ones have: a SKU in other
 * letters, a listing without SKU, one product listed twice, a draft, one that is not counted.
 */
public final class DemoCatalogue {
    /** One product: SKU and title. */
    private record Good(String sku, String title) {}

    private static final List<Good> GOODS = List.of(
            new Good("LANTERN-01", "Storm lantern, brass"),
            new Good("LANTERN-02", "Storm lantern, black"),
            new Good("MUG-ENAMEL-W", "Enamel mug, white"),
            new Good("MUG-ENAMEL-B", "Enamel mug, midnight blue"),
            new Good("KETTLE-15", "Camp kettle 1.5 l"),
            new Good("TIN-TEA-S", "Tea tin, small"),
            new Good("TIN-TEA-L", "Tea tin, large"),
            new Good("TEA-SMOKY", "Smoky black tea, 100 g"),
            new Good("TEA-MINT", "Garden mint tea, 80 g"),
            new Good("ROPE-6-20", "Hemp rope 6 mm, 20 m"),
            new Good("ROPE-8-20", "Hemp rope 8 mm, 20 m"),
            new Good("KNIFE-FOLD", "Folding knife, olive wood"),
            new Good("BOARD-OAK", "Oak cutting board"),
            new Good("APRON-LINEN", "Linen apron, slate"),
            new Good("TOWEL-STRIPE", "Tea towel, striped"),
            new Good("SOAP-PINE", "Pine soap"),
            new Good("SOAP-SALT", "Sea salt soap"),
            new Good("CANDLE-FIG", "Fig leaf candle"),
            new Good("CANDLE-WOOD", "Woodsmoke candle"),
            new Good("BLANKET-GREY", "Wool blanket, grey"),
            new Good("BLANKET-RUST", "Wool blanket, rust"),
            new Good("SOCKS-38", "Wool socks 38–40"),
            new Good("SOCKS-41", "Wool socks 41–43"),
            new Good("HAT-FISHER", "Fisherman's hat"),
            new Good("BAG-CANVAS", "Canvas tote"),
            new Good("BAG-DUFFEL", "Duffel bag, waxed"),
            new Good("NOTEBOOK-A5", "Notebook A5, dotted"),
            new Good("PENCIL-SET", "Cedar pencils, set of 6"),
            new Good("COMPASS", "Pocket compass"),
            new Good("MAP-COAST", "Coast map, waterproof"),
            new Good("HONEY-HEATH", "Heather honey, 250 g"),
            new Good("JAM-PLUM", "Plum jam, 200 g"),
            new Good("BASKET-WILLOW", "Willow basket"),
            new Good("VASE-CLAY", "Clay vase"));

    private DemoCatalogue() {}

    /**
     * Fills shops that have no products yet. Every shop lists all goods with the same figure in each, as a merchant
     * starts out who kept them level by hand. The same seed gives the same figures.
     */
    public static void fill(List<Shop> shops, long seed) {
        for (int i = 0; i < shops.size(); i++) {
            fill(shops.get(i), i, new Random(seed));
        }
    }

    private static void fill(Shop shop, int index, Random random) {
        shop.change(now -> {
            for (Good good : GOODS) {
                long available = 12 + random.nextInt(60);
                shop.addProduct(good.title(), sku(good, index), available);
                if (good.sku().equals("LANTERN-01") && index == 0) {
                    // One product under two titles: two listings, one SKU, one figure each.
                    shop.addProduct("Brass lantern (gift box)", good.sku(), available);
                }
            }
            oddities(shop, index);
        });
    }

    /** The second shop writes some SKUs in small letters. */
    private static String sku(Good good, int index) {
        boolean small = index == 1 && good.sku().startsWith("MUG-");
        return small ? good.sku().toLowerCase(Locale.ROOT) : good.sku();
    }

    private static void oddities(Shop shop, int index) {
        if (index == 0) {
            shop.addProduct("Hand-lettered place cards", null, 25);
        } else if (index == 1) {
            Variant draft = shop.addProduct("Harbour calendar (next year)", "CALENDAR-NEXT", 0);
            shop.catalogue().setStatus(draft.product(), Product.Status.DRAFT);
        } else if (index == 2) {
            Variant voucher = shop.addProduct("Gift voucher", "VOUCHER", 0);
            shop.catalogue().setTracked(voucher, false);
        }
    }
}
