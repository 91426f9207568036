package org.entente.evidence.fingerprint;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * 256 words of one language, each for one octet by its place in the alphabet. Any two of a list differ in at least three letters
 * and within their first four; no word of one list is within a letter of one of the other. They are written without accents, and
 * read with them as well. The lists are our own.
 */
public enum WordList {
    ENGLISH,
    SPANISH;

    private static final String IN_ENGLISH = """
            airport anchor apple apron autumn avenue bacon badge bakery bamboo banjo beaver biscuit blanket blizzard
            blossom bonfire bottle bracelet brandy buffalo butcher button cabbage cactus camel canvas captain caravan
            carpet cashew castle cavern ceiling cellar charcoal cheese chimney cinnamon circus clover cobbler compass
            corridor cottage country cousin coyote cradle crayon cricket crystal cucumber cupboard cushion daisy dancer
            daughter desert doctor dolphin doorway drawer dresser drummer eagle earring eclipse elbow emerald engine
            envelope evening farmer feather fiddle fisher football fortress fountain freckle frost furnace galaxy garden
            garlic gazelle ginger giraffe glacier goblet goldfish gorilla granite gravel guitar hamster harbour harvest
            haystack hazelnut headlamp hedgehog helmet highway horizon hospital hurdle iceberg insect island ivory jacket
            jasmine jelly jewel jigsaw kangaroo keyboard kingdom kitchen ladder lagoon lantern laundry lavender lemon
            leopard library lunch magnet mahogany mailbox mammoth mandarin marble mattress meadow medicine melody midnight
            mirror mitten monkey morning mosquito mushroom mustard necklace needle nephew nickel notebook nutmeg oatmeal
            october olive onion organ ostrich otter oven panther parade parcel parrot passport peanut pebble penguin piano
            pickle pigeon pillow platform plumber poplar porch potato prairie princess pudding pumpkin puppet puzzle
            pyramid quarry quilt rabbit raccoon railway rainbow razor ribbon sailor salmon sandwich sapphire sausage scarf
            school scissors shampoo sheriff shoulder shower silver skeleton snowman soldier spider sponge squirrel stadium
            station sugar sunday swallow sweater symphony temple theatre thimble thunder timber toaster tomorrow tornado
            tractor triangle trombone trouser trumpet tunnel turkey turnip umbrella uncle uniform valley village vineyard
            violin volcano voyage waffle weekend whistle window wizard wolf woodland workshop wrinkle zebra zipper
            """;

    private static final String IN_SPANISH = """
            abanico aceite agosto aguacate aguja ajedrez alambre alcalde alfombra algodon almeja almohada altavoz amigo
            ancla anzuelo arbusto ardilla armario arroyo asiento avellana avestruz avispa azafran azucar azulejo bahia
            bailarin balanza bandeja barco bastidor batata bellota bigote bizcocho bodega bosque botella brazo brocha
            brujula bufanda burbuja caballo cabeza cacerola calabaza calcetin caldera campana canasta cangrejo canoa
            caracol carbon cardenal cartero cascada cebolla ceniza cepillo chaleco chimenea ciruela ciudad clavel codorniz
            cohete colibri columna comida conejo corbata corona cosecha cuaderno cuchara cuerda dedal delfin desayuno
            desierto diamante domingo durazno ebano ejercito encina escalera escoba escuela espejo espiga esquina establo
            estrella fabrica faisan farmacia febrero flauta flecha fogata fresa frontera fuente gaita gallina garbanzo
            garganta girasol globo gorrion granero grillo guerrero guisante guitarra hamaca harina hierba hoguera hojalata
            horno huella hueso iglesia iguana invierno jabali jaguar jardin jinete jirafa joya jueves juguete juncal
            ladrillo lagarto langosta lechuza lenteja libelula libreta linterna llanura lluvia lucero luna maleta manzana
            marfil mariposa martillo mazorca mediodia medusa mercado mesero miel milpa mochila moneda mosca musgo navaja
            neblina nieto nudo oceano octubre oruga oveja paisaje palabra paloma papaya paraguas pared pasillo pastel
            patio payaso pecera peine perejil perla petalo piedra piloto pimienta pinata pincel piscina pizarra platano
            plaza polilla pollo pulsera quinoa raton reloj remolino retrato rincon roble rocio romero rosal ruisenor
            sabado salero sandia sapo selva semilla sendero siesta sirena sobrino soldado sombrero tabla taller tambor
            tapiz techo tejado telarana tenedor ternero tijera tiza tobillo torre trebol trompeta trueno tucan tulipan
            vaca vainilla valija ventana viaje viernes vinedo violeta volante yegua yunque zapato
            """;

    private static final Map<WordList, List<String>> WORDS =
            Map.of(ENGLISH, list(IN_ENGLISH), SPANISH, list(IN_SPANISH));
    private static final Map<WordList, Map<String, Integer>> VALUES =
            Map.of(ENGLISH, values(ENGLISH.words()), SPANISH, values(SPANISH.words()));

    private static List<String> list(String text) {
        return List.of(text.strip().split("[^a-z]+"));
    }

    private static Map<String, Integer> values(List<String> words) {
        Map<String, Integer> values = new HashMap<>();
        for (String word : words) {
            values.put(word, values.size());
        }
        if (values.size() != 256) {
            throw new IllegalStateException("a list has a word for each octet: " + values.size());
        }
        return Map.copyOf(values);
    }

    /** The word of an octet. */
    String word(int octet) {
        return words().get(octet);
    }

    /** The octet of a word, however it is written. */
    Optional<Integer> value(String word) {
        return Optional.ofNullable(VALUES.getOrDefault(this, Map.of()).get(plain(word)));
    }

    /** All words in the order of their octets. */
    public List<String> words() {
        return WORDS.getOrDefault(this, List.of());
    }

    /** Without accents and capitals. */
    static String plain(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFD)
                .replaceAll("[^ -~]", "")
                .toLowerCase(Locale.ROOT);
    }
}
