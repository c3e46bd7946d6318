//! The first level of ISO 3166-2 of the countries that are asked about most, by usual English names; sorted by name.

/// Codes without the country and its hyphen, and names.
pub type Regions = &'static [(&'static str, &'static str)];

/// Of these countries, by alpha-2 code.
#[rustfmt::skip]
pub(super) const REGIONS: &[(&str, Regions)] = &[
    ("AT", &[
        ("1", "Burgenland"), ("2", "Carinthia"), ("3", "Lower Austria"), ("5", "Salzburg"), ("6", "Styria"), ("7", "Tyrol"),
        ("4", "Upper Austria"), ("9", "Vienna"), ("8", "Vorarlberg"),
    ]),
    ("AU", &[
        ("ACT", "Australian Capital Territory"), ("NSW", "New South Wales"), ("NT", "Northern Territory"), ("QLD", "Queensland"),
        ("SA", "South Australia"), ("TAS", "Tasmania"), ("VIC", "Victoria"), ("WA", "Western Australia"),
    ]),
    ("BR", &[
        ("AC", "Acre"), ("AL", "Alagoas"), ("AP", "Amapá"), ("AM", "Amazonas"), ("BA", "Bahia"), ("CE", "Ceará"),
        ("DF", "Distrito Federal"), ("ES", "Espírito Santo"), ("GO", "Goiás"), ("MA", "Maranhão"), ("MT", "Mato Grosso"),
        ("MS", "Mato Grosso do Sul"), ("MG", "Minas Gerais"), ("PA", "Pará"), ("PB", "Paraíba"), ("PR", "Paraná"),
        ("PE", "Pernambuco"), ("PI", "Piauí"), ("RJ", "Rio de Janeiro"), ("RN", "Rio Grande do Norte"),
        ("RS", "Rio Grande do Sul"), ("RO", "Rondônia"), ("RR", "Roraima"), ("SC", "Santa Catarina"), ("SP", "São Paulo"),
        ("SE", "Sergipe"), ("TO", "Tocantins"),
    ]),
    ("CA", &[
        ("AB", "Alberta"), ("BC", "British Columbia"), ("MB", "Manitoba"), ("NB", "New Brunswick"),
        ("NL", "Newfoundland and Labrador"), ("NT", "Northwest Territories"), ("NS", "Nova Scotia"), ("NU", "Nunavut"),
        ("ON", "Ontario"), ("PE", "Prince Edward Island"), ("QC", "Quebec"), ("SK", "Saskatchewan"), ("YT", "Yukon"),
    ]),
    ("CH", &[
        ("AG", "Aargau"), ("AR", "Appenzell Ausserrhoden"), ("AI", "Appenzell Innerrhoden"), ("BL", "Basel-Landschaft"),
        ("BS", "Basel-Stadt"), ("BE", "Bern"), ("FR", "Fribourg"), ("GE", "Geneva"), ("GL", "Glarus"), ("GR", "Grisons"),
        ("JU", "Jura"), ("LU", "Lucerne"), ("NE", "Neuchâtel"), ("NW", "Nidwalden"), ("OW", "Obwalden"), ("SH", "Schaffhausen"),
        ("SZ", "Schwyz"), ("SO", "Solothurn"), ("SG", "St. Gallen"), ("TG", "Thurgau"), ("TI", "Ticino"), ("UR", "Uri"),
        ("VS", "Valais"), ("VD", "Vaud"), ("ZG", "Zug"), ("ZH", "Zurich"),
    ]),
    ("DE", &[
        ("BW", "Baden-Württemberg"), ("BY", "Bavaria"), ("BE", "Berlin"), ("BB", "Brandenburg"), ("HB", "Bremen"),
        ("HH", "Hamburg"), ("HE", "Hesse"), ("NI", "Lower Saxony"), ("MV", "Mecklenburg-Western Pomerania"),
        ("NW", "North Rhine-Westphalia"), ("RP", "Rhineland-Palatinate"), ("SL", "Saarland"), ("SN", "Saxony"),
        ("ST", "Saxony-Anhalt"), ("SH", "Schleswig-Holstein"), ("TH", "Thuringia"),
    ]),
    ("ES", &[
        ("AN", "Andalusia"), ("AR", "Aragon"), ("AS", "Asturias"), ("IB", "Balearic Islands"), ("PV", "Basque Country"),
        ("CN", "Canary Islands"), ("CB", "Cantabria"), ("CL", "Castile and León"), ("CM", "Castilla-La Mancha"),
        ("CT", "Catalonia"), ("CE", "Ceuta"), ("EX", "Extremadura"), ("GA", "Galicia"), ("RI", "La Rioja"), ("MD", "Madrid"),
        ("ML", "Melilla"), ("MC", "Murcia"), ("NC", "Navarre"), ("VC", "Valencian Community"),
    ]),
    ("FR", &[
        ("ARA", "Auvergne-Rhône-Alpes"), ("BFC", "Bourgogne-Franche-Comté"), ("BRE", "Brittany"),
        ("CVL", "Centre-Val de Loire"), ("20R", "Corsica"), ("973", "French Guiana"), ("GES", "Grand Est"),
        ("971", "Guadeloupe"), ("HDF", "Hauts-de-France"), ("IDF", "Île-de-France"), ("972", "Martinique"), ("976", "Mayotte"),
        ("NOR", "Normandy"), ("NAQ", "Nouvelle-Aquitaine"), ("OCC", "Occitanie"), ("PDL", "Pays de la Loire"),
        ("PAC", "Provence-Alpes-Côte d'Azur"), ("974", "Réunion"),
    ]),
    ("GB", &[("ENG", "England"), ("NIR", "Northern Ireland"), ("SCT", "Scotland"), ("WLS", "Wales")]),
    ("IN", &[
        ("AN", "Andaman and Nicobar Islands"), ("AP", "Andhra Pradesh"), ("AR", "Arunachal Pradesh"), ("AS", "Assam"),
        ("BR", "Bihar"), ("CH", "Chandigarh"), ("CG", "Chhattisgarh"), ("DH", "Dadra and Nagar Haveli and Daman and Diu"),
        ("DL", "Delhi"), ("GA", "Goa"), ("GJ", "Gujarat"), ("HR", "Haryana"), ("HP", "Himachal Pradesh"),
        ("JK", "Jammu and Kashmir"), ("JH", "Jharkhand"), ("KA", "Karnataka"), ("KL", "Kerala"), ("LA", "Ladakh"),
        ("LD", "Lakshadweep"), ("MP", "Madhya Pradesh"), ("MH", "Maharashtra"), ("MN", "Manipur"), ("ML", "Meghalaya"),
        ("MZ", "Mizoram"), ("NL", "Nagaland"), ("OD", "Odisha"), ("PY", "Puducherry"), ("PB", "Punjab"), ("RJ", "Rajasthan"),
        ("SK", "Sikkim"), ("TN", "Tamil Nadu"), ("TS", "Telangana"), ("TR", "Tripura"), ("UP", "Uttar Pradesh"),
        ("UK", "Uttarakhand"), ("WB", "West Bengal"),
    ]),
    ("IT", &[
        ("65", "Abruzzo"), ("23", "Aosta Valley"), ("75", "Apulia"), ("77", "Basilicata"), ("78", "Calabria"),
        ("72", "Campania"), ("45", "Emilia-Romagna"), ("36", "Friuli-Venezia Giulia"), ("62", "Lazio"), ("42", "Liguria"),
        ("25", "Lombardy"), ("57", "Marche"), ("67", "Molise"), ("21", "Piedmont"), ("88", "Sardinia"), ("82", "Sicily"),
        ("32", "Trentino-South Tyrol"), ("52", "Tuscany"), ("55", "Umbria"), ("34", "Veneto"),
    ]),
    ("JP", &[
        ("23", "Aichi"), ("05", "Akita"), ("02", "Aomori"), ("12", "Chiba"), ("38", "Ehime"), ("18", "Fukui"), ("40", "Fukuoka"),
        ("07", "Fukushima"), ("21", "Gifu"), ("10", "Gunma"), ("34", "Hiroshima"), ("01", "Hokkaido"), ("28", "Hyogo"),
        ("08", "Ibaraki"), ("17", "Ishikawa"), ("03", "Iwate"), ("37", "Kagawa"), ("46", "Kagoshima"), ("14", "Kanagawa"),
        ("39", "Kochi"), ("43", "Kumamoto"), ("26", "Kyoto"), ("24", "Mie"), ("04", "Miyagi"), ("45", "Miyazaki"),
        ("20", "Nagano"), ("42", "Nagasaki"), ("29", "Nara"), ("15", "Niigata"), ("44", "Oita"), ("33", "Okayama"),
        ("47", "Okinawa"), ("27", "Osaka"), ("41", "Saga"), ("11", "Saitama"), ("25", "Shiga"), ("32", "Shimane"),
        ("22", "Shizuoka"), ("09", "Tochigi"), ("36", "Tokushima"), ("13", "Tokyo"), ("31", "Tottori"), ("16", "Toyama"),
        ("30", "Wakayama"), ("06", "Yamagata"), ("35", "Yamaguchi"), ("19", "Yamanashi"),
    ]),
    ("MX", &[
        ("AGU", "Aguascalientes"), ("BCN", "Baja California"), ("BCS", "Baja California Sur"), ("CAM", "Campeche"),
        ("CHP", "Chiapas"), ("CHH", "Chihuahua"), ("COA", "Coahuila"), ("COL", "Colima"), ("DUR", "Durango"),
        ("GUA", "Guanajuato"), ("GRO", "Guerrero"), ("HID", "Hidalgo"), ("JAL", "Jalisco"), ("CMX", "Mexico City"),
        ("MIC", "Michoacán"), ("MOR", "Morelos"), ("NAY", "Nayarit"), ("NLE", "Nuevo León"), ("OAX", "Oaxaca"),
        ("PUE", "Puebla"), ("QUE", "Querétaro"), ("ROO", "Quintana Roo"), ("SLP", "San Luis Potosí"), ("SIN", "Sinaloa"),
        ("SON", "Sonora"), ("MEX", "State of Mexico"), ("TAB", "Tabasco"), ("TAM", "Tamaulipas"), ("TLA", "Tlaxcala"),
        ("VER", "Veracruz"), ("YUC", "Yucatán"), ("ZAC", "Zacatecas"),
    ]),
    ("NL", &[
        ("DR", "Drenthe"), ("FL", "Flevoland"), ("FR", "Friesland"), ("GE", "Gelderland"), ("GR", "Groningen"),
        ("LI", "Limburg"), ("NB", "North Brabant"), ("NH", "North Holland"), ("OV", "Overijssel"), ("ZH", "South Holland"),
        ("UT", "Utrecht"), ("ZE", "Zeeland"),
    ]),
    ("US", &[
        ("AL", "Alabama"), ("AK", "Alaska"), ("AS", "American Samoa"), ("AZ", "Arizona"), ("AR", "Arkansas"),
        ("CA", "California"), ("CO", "Colorado"), ("CT", "Connecticut"), ("DE", "Delaware"), ("DC", "District of Columbia"),
        ("FL", "Florida"), ("GA", "Georgia"), ("GU", "Guam"), ("HI", "Hawaii"), ("ID", "Idaho"), ("IL", "Illinois"),
        ("IN", "Indiana"), ("IA", "Iowa"), ("KS", "Kansas"), ("KY", "Kentucky"), ("LA", "Louisiana"), ("ME", "Maine"),
        ("MD", "Maryland"), ("MA", "Massachusetts"), ("MI", "Michigan"), ("MN", "Minnesota"), ("MS", "Mississippi"),
        ("MO", "Missouri"), ("MT", "Montana"), ("NE", "Nebraska"), ("NV", "Nevada"), ("NH", "New Hampshire"),
        ("NJ", "New Jersey"), ("NM", "New Mexico"), ("NY", "New York"), ("NC", "North Carolina"), ("ND", "North Dakota"),
        ("MP", "Northern Mariana Islands"), ("OH", "Ohio"), ("OK", "Oklahoma"), ("OR", "Oregon"), ("PA", "Pennsylvania"),
        ("PR", "Puerto Rico"), ("RI", "Rhode Island"), ("SC", "South Carolina"), ("SD", "South Dakota"), ("TN", "Tennessee"),
        ("TX", "Texas"), ("UM", "United States Minor Outlying Islands"), ("UT", "Utah"), ("VT", "Vermont"),
        ("VI", "Virgin Islands"), ("VA", "Virginia"), ("WA", "Washington"), ("WV", "West Virginia"), ("WI", "Wisconsin"),
        ("WY", "Wyoming"),
    ]),
];
