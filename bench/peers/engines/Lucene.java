import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.MultiFieldQueryParser;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene with its GermanAnalyzer, as a process that keeps to the commands of worker.py: hello, create,
 * build, add, open, search. Facets are SortedSetDocValues, snippets come from the unified highlighter, whose documentation recommends
 * offsets in the postings. As many threads index as there are cores.
 */
public final class Lucene {
    private static final int SIZE = 10;
    private static final Map<String, Integer> FACETS = Map.of("source", 20, "year", 200, "person", 20);
    private static final int RAM_MEGABYTES = 256;
    private static final int WAITING = 1000; // articles read ahead of the threads

    private final Analyzer analyzer = new GermanAnalyzer();
    private final FacetsConfig facets = new FacetsConfig();
    private IndexSearcher searcher;
    private SortedSetDocValuesReaderState ordinals;
    private UnifiedHighlighter highlighter;

    private Lucene() {
        for (String name : List.of("person", "place", "organisation")) {
            facets.setMultiValued(name, true);
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream channel = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Lucene lucene = new Lucene();
        Gson gson = new Gson();
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            JsonObject command = JsonParser.parseString(line).getAsJsonObject();
            if (command.get("do").getAsString().equals("end")) {
                return;
            }
            channel.println(gson.toJson(lucene.answer(command)));
        }
    }

    private Map<String, Object> answer(JsonObject command) throws Exception {
        switch (command.get("do").getAsString()) {
            case "hello":
                return Map.of("version", "Lucene " + Version.LATEST + ", Java " + Runtime.version().feature());
            case "create":
                Files.createDirectories(Path.of(command.get("directory").getAsString()));
                return Map.of();
            case "build":
            case "add":
                return index(Path.of(command.get("directory").getAsString()), Path.of(command.get("articles").getAsString()));
            case "open":
                open(Path.of(command.get("directory").getAsString()));
                return Map.of();
            case "search":
                return timed(command);
            default:
                throw new IllegalArgumentException("There is no command " + command);
        }
    }

    private Map<String, Object> index(Path directory, Path articles) throws Exception {
        long started = System.nanoTime();
        IndexWriterConfig config = new IndexWriterConfig(analyzer).setRAMBufferSizeMB(RAM_MEGABYTES);
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(directory), config)) {
            put(writer, articles);
            writer.commit();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return Map.of("seconds", seconds, "bytes", size(directory));
    }

    private void put(IndexWriter writer, Path articles) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        Semaphore room = new Semaphore(WAITING);
        try (BufferedReader lines = Files.newBufferedReader(articles)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String article = line;
                room.acquire();
                pool.execute(() -> {
                    try {
                        writer.addDocument(facets.build(document(JsonParser.parseString(article).getAsJsonObject())));
                    } catch (IOException error) {
                        throw new UncheckedIOException(error);
                    } finally {
                        room.release();
                    }
                });
            }
        }
        pool.shutdown();
        pool.awaitTermination(1, TimeUnit.DAYS);
    }

    private static Document document(JsonObject article) {
        FieldType text = new FieldType(TextField.TYPE_STORED);
        text.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        Document document = new Document();
        String date = article.get("date").getAsString();
        document.add(new StringField("id", article.get("id").getAsString(), Field.Store.YES));
        document.add(new Field("title", article.has("title") ? article.get("title").getAsString() : "", text));
        document.add(new Field("body", article.get("body").getAsString(), text));
        document.add(new IntPoint("date", day(date)));
        document.add(new StoredField("date", date));
        value(document, "year", date.substring(0, 4));
        value(document, "source", article.get("source").getAsString());
        value(document, "section", article.get("section").getAsString());
        JsonObject names = article.getAsJsonObject("entities");
        for (String kind : names.keySet()) {
            for (JsonElement name : names.getAsJsonArray(kind)) {
                value(document, kind, name.getAsString());
            }
        }
        return document;
    }

    private static void value(Document document, String name, String value) {
        document.add(new StringField(name, value, Field.Store.YES));
        document.add(new SortedSetDocValuesFacetField(name, value));
    }

    private static int day(String date) {
        return Integer.parseInt(date.replace("-", ""));
    }

    private void open(Path directory) throws IOException {
        DirectoryReader reader = DirectoryReader.open(FSDirectory.open(directory));
        searcher = new IndexSearcher(reader);
        ordinals = new DefaultSortedSetDocValuesReaderState(reader);
        highlighter = new UnifiedHighlighter(searcher, analyzer);
    }

    /** Asks each query once, as worker.py does. */
    private Map<String, Object> timed(JsonObject command) throws Exception {
        boolean whole = command.get("whole").getAsBoolean();
        double seconds = command.get("seconds").getAsDouble();
        long began = System.nanoTime();
        List<Double> times = new ArrayList<>();
        List<Object> totals = new ArrayList<>();
        Map<String, Object> sample = null;
        for (JsonElement query : command.getAsJsonArray("queries")) {
            long started = System.nanoTime();
            Map<String, Object> answer = search(query.getAsJsonObject(), whole);
            times.add((System.nanoTime() - started) / 1e6);
            totals.add(answer.get("total"));
            sample = sample == null ? answer : sample;
            if (since(began) > seconds) {
                break;
            }
        }
        return Map.of("times", times, "totals", totals, "sample", sample);
    }

    private static double since(long nanoseconds) {
        return (System.nanoTime() - nanoseconds) / 1e9;
    }

    private Map<String, Object> search(JsonObject asked, boolean whole) throws IOException, ParseException {
        Query query = query(asked);
        TopScoreDocCollector best = TopScoreDocCollector.create(SIZE, Integer.MAX_VALUE);
        FacetsCollector matching = new FacetsCollector();
        searcher.search(query, whole ? MultiCollector.wrap(best, matching) : best);
        TopDocs found = best.topDocs();
        List<String> ids = new ArrayList<>();
        for (ScoreDoc hit : found.scoreDocs) {
            ids.add(searcher.doc(hit.doc).get("id"));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("total", found.totalHits.value);
        answer.put("ids", ids);
        if (whole) {
            answer.put("snippets", highlighter.highlight("body", query, found));
            answer.put("facets", counted(matching));
        }
        return answer;
    }

    private Query query(JsonObject asked) throws ParseException {
        MultiFieldQueryParser parser = new MultiFieldQueryParser(new String[] {"title", "body"}, analyzer);
        parser.setDefaultOperator(QueryParser.Operator.AND);
        Query words = parser.parse(text(asked));
        if (asked.get("source").isJsonNull()) {
            return words;
        }
        int since = day(asked.get("since").getAsString());
        int until = day(asked.get("until").getAsString());
        return new BooleanQuery.Builder()
            .add(words, Occur.MUST)
            .add(new TermQuery(new Term("source", asked.get("source").getAsString())), Occur.FILTER)
            .add(IntPoint.newRangeQuery("date", since, until), Occur.FILTER)
            .build();
    }

    private static String text(JsonObject asked) {
        List<String> words = new ArrayList<>();
        asked.getAsJsonArray("words").forEach(word -> words.add(QueryParser.escape(word.getAsString())));
        String text = String.join(" ", words);
        switch (asked.get("kind").getAsString()) {
            case "phrase":
                return '"' + text + '"';
            case "prefix":
                return text + "*";
            default:
                return text;
        }
    }

    private Map<String, Map<String, Integer>> counted(FacetsCollector matching) throws IOException {
        Facets counts = new SortedSetDocValuesFacetCounts(ordinals, matching);
        Map<String, Map<String, Integer>> result = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> facet : FACETS.entrySet()) {
            Map<String, Integer> values = new LinkedHashMap<>();
            FacetResult top = counts.getTopChildren(facet.getValue(), facet.getKey());
            for (LabelAndValue value : top == null ? new LabelAndValue[0] : top.labelValues) {
                values.put(value.label, value.value.intValue());
            }
            result.put(facet.getKey(), values);
        }
        return result;
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
