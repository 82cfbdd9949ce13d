"""Names to draw from: common given names by the time of birth, and common family names. Facts of no one."""

WOMEN_OLD = ["Anne", "Inger", "Kari", "Marit", "Ingrid", "Liv", "Eva", "Berit", "Astrid", "Bjørg", "Randi", "Solveig", "Gerd", "Ruth", "Turid", "Else", "Aud", "Gunvor", "Åse", "Sigrid"]
WOMEN = ["Hilde", "Nina", "Heidi", "Tone", "Monica", "Camilla", "Silje", "Ida", "Marte", "Stine", "Kristin", "Marianne", "Linda", "Elisabeth", "Ane", "Trine", "Maria", "Hanne", "Åshild", "Guro"]
WOMEN_YOUNG = ["Emma", "Nora", "Sofie", "Ella", "Maja", "Olivia", "Ada", "Sara", "Leah", "Frida", "Astrid", "Ingrid", "Tuva", "Amalie", "Selma", "Live", "Eline", "Jenny", "Mia", "Ylva"]
MEN_OLD = ["Per", "Jan", "Kjell", "Bjørn", "Arne", "Odd", "Svein", "Knut", "Leif", "Harald", "Åge", "Sverre", "Egil", "Reidar", "Oddvar", "Gunnar", "Torbjørn", "Håkon", "Øyvind", "Asbjørn"]
MEN = ["Morten", "Terje", "Geir", "Frode", "Anders", "Kristian", "Lars", "Thomas", "Espen", "Martin", "Øystein", "Håvard", "Ståle", "Vegard", "Eirik", "Tor", "Magnus", "Sindre", "Trond", "Roar"]
MEN_YOUNG = ["Jakob", "Noah", "Emil", "Lukas", "Oskar", "Filip", "Henrik", "Isak", "Elias", "Aksel", "Theo", "Johannes", "Sander", "Mathias", "Jonas", "Tobias", "Odin", "Ulrik", "Sondre", "Åsmund"]
FAMILY = ["Hansen", "Johansen", "Olsen", "Larsen", "Andersen", "Pedersen", "Nilsen", "Kristiansen", "Jensen", "Karlsen", "Johnsen", "Pettersen", "Eriksen", "Berg", "Haugen", "Hagen", "Johannessen", "Andreassen", "Jacobsen", "Dahl", "Jørgensen", "Halvorsen", "Lund", "Solberg", "Bakken", "Moen", "Strand", "Lie", "Nygård", "Ødegård", "Aas", "Ruud", "Brekke", "Sunde", "Fjeld", "Tveit", "Vik", "Haug", "Bråten", "Løken", "Sæther", "Øvrebø", "Åsheim", "Myhre", "Foss"]
PLACES = (
    ("9008", "Tromsø", "5501"),
    ("8006", "Bodø", "1804"),
    ("7013", "Trondheim", "5001"),
    ("6003", "Ålesund", "1508"),
    ("5014", "Bergen", "4601"),
    ("4006", "Stavanger", "1103"),
    ("4611", "Kristiansand", "4204"),
    ("3111", "Tønsberg", "3905"),
    ("2317", "Hamar", "3403"),
    ("1606", "Fredrikstad", "3107"),
)
STREETS = (
    ["Strandgata", "Kirkeveien", "Skolegata", "Bakkeveien", "Fjordveien", "Granlia", "Åsveien", "Havnegata", "Sjøgata", "Myrveien"]
)
REGIONS = ["Nord", "Midt", "Vest", "Sør", "Øst", "Innlandet", "Fjordane", "Viken"]
CHAPTERS = ["Havna", "Lia", "Fjorden", "Bakken", "Åsen", "Neset", "Elva", "Sundet", "Moen", "Vika", "Dalen", "Haugen", "Skogen", "Øya", "Brua", "Myra", "Tunet", "Odden", "Berget", "Engen"]
EMPLOYERS = ("Fjordbruket", "Nordlia skole", "Havna kommune", "Bakken bygg", "Lia sykehjem")
