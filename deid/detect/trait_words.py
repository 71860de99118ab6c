"""Words for origin, faith and health, as they are said of a person."""

from deid.detect.vocabulary import word_set

ORIGINS = word_set(
    "gurkha traveller travellers travelling afghan albanian algerian american angolan arab arabic "
    "argentinian armenian australian austrian "
    "azerbaijani bajan bangladeshi barbadian belarusian belgian bengali bolivian bosnian brazilian bulgarian burmese "
    "cambodian cameroonian canadian chechen chilean chinese colombian congolese croatian cuban cypriot czech danish "
    "dominican dutch ecuadorian egyptian eritrean estonian ethiopian filipino filipina finnish french gambian "
    "georgian german ghanaian greek grenadian gujarati guyanese gypsy haitian hungarian icelandic indian indonesian "
    "iranian iraqi irish israeli italian ivorian jamaican japanese jordanian kazakh kenyan korean kosovan kurdish "
    "kuwaiti kyrgyz laotian latvian lebanese liberian libyan lithuanian macedonian malawian malaysian malian maltese "
    "mauritian mexican moldovan mongolian montenegrin moroccan mozambican namibian nepalese nepali nigerian norwegian "
    "pakistani palestinian peruvian polish portuguese punjabi roma romani romany romanian russian rwandan saudi "
    "scottish senegalese serbian sinhalese slovak slovakian slovenian somali spanish sudanese swedish swiss syrian "
    "taiwanese tajik tamil tanzanian thai tibetan togolese trinidadian tunisian turkish turkmen ugandan ukrainian "
    "uzbek venezuelan vietnamese welsh yemeni yoruba igbo hausa zambian zimbabwean zulu slav slavic persian pashtun "
    "uyghur sri-lankan hazara tigrayan rohingya yazidi assyrian circassian cornish scouse geordie glaswegian "
    "brummie kosovar ghanian ivoirian congolais bidoon berber kashmiri mirpuri balochi baluch sindhi"
)
LANGUAGES = word_set(
    "pashto dari farsi urdu hindi punjabi gujarati bengali sylheti tamil tigrinya amharic oromo sorani kurmanji "
    "arabic twi yoruba igbo hausa shona swahili lingala cantonese mandarin tagalog welsh romani romanes"
)
FAITHS = word_set(
    "muslim christian sikh hindu jewish catholic protestant buddhist mormon quaker methodist baptist pentecostal "
    "evangelical orthodox anglican rastafarian rasta pagan atheist ismaili shia sunni"
)
# Said right behind "she's": what a person is.
CONDITIONS_IS = word_set(
    "autistic deaf blind diabetic epileptic dyslexic dyspraxic bipolar schizophrenic disabled paraplegic anorexic "
    "bulimic asthmatic alcoholic pregnant mute neurodivergent neurodiverse infertile transgender trans gay lesbian "
    "bisexual nonbinary intersex barren terminally quadriplegic partially sectioned "
    "suicidal agoraphobic bedridden housebound ginger albino stateless undocumented deafblind deaf-blind"
)
# Said behind "he's got", "diagnosed with": what a person has. Several words stand with one space.
CONDITIONS_HAS = (
    "adhd", "add", "asd", "autism", "aspergers", "asperger's", "asperger syndrome", "epilepsy", "diabetes",
    "type one diabetes", "type 1 diabetes", "type two diabetes", "cancer", "leukaemia", "breast cancer", "bowel cancer",
    "a brain tumour", "hiv", "aids", "hepatitis", "hepatitis c", "depression", "bipolar", "bipolar disorder",
    "schizophrenia", "psychosis", "ptsd", "complex ptsd", "ocd", "anxiety", "an eating disorder", "anorexia", "bulimia",
    "cerebral palsy", "muscular dystrophy", "ms", "multiple sclerosis", "motor neurone disease", "mnd", "parkinson's",
    "parkinsons", "dementia", "alzheimer's", "alzheimers", "down's syndrome", "downs syndrome", "down syndrome",
    "foetal alcohol syndrome", "fetal alcohol syndrome", "fas", "fasd", "tourette's", "tourettes", "sickle cell",
    "cystic fibrosis", "crohn's", "crohns", "colitis", "lupus", "me", "chronic fatigue", "fibromyalgia", "a stammer",
    "a stutter", "a cleft lip", "a cleft palate", "a hearing aid", "a cochlear implant", "a prosthetic leg",
    "an artificial leg", "a glass eye", "a colostomy bag", "a stoma", "a feeding tube", "a wheelchair", "one arm",
    "one leg", "one eye", "one kidney", "a learning disability", "learning disabilities", "a learning difficulty",
    "learning difficulties", "a brain injury", "an acquired brain injury", "a personality disorder", "bpd", "eupd",
    "a stroke", "a heart condition", "a pacemaker", "dyslexia", "dyspraxia", "selective mutism", "tuberculosis", "tb",
    "asthma", "eczema", "coeliac disease", "coeliac", "a peanut allergy", "a nut allergy", "narcolepsy", "hearing loss",
    "tinnitus", "a squint", "a lazy eye", "a lisp", "brain damage", "dyscalculia", "odd", "pda", "conduct disorder",
    "attachment disorder", "global developmental delay", "developmental delay", "a speech impediment", "an inhaler",
    "an epipen", "a catheter", "a walking stick", "hiv positive", "chlamydia", "gonorrhoea", "syphilis", "an sti",
    "a miscarriage", "a termination", "an abortion", "a stillbirth", "a breakdown", "postnatal depression",
    "sickle cell disease", "sickle cell anaemia", "thalassaemia", "haemophilia", "angina", "copd", "emphysema",
    "rheumatoid arthritis", "arthritis", "kidney failure", "a transplant", "a false leg", "a gastric band", "rickets",
    "scoliosis", "spina bifida", "a birthmark", "alopecia", "vitiligo", "psoriasis", "endometriosis", "shingles", "m s",
    "m e", "long covid", "gout", "sciatica", "glandular fever", "meningitis", "sepsis", "pneumonia", "pleurisy",
    "a stent", "a heart attack", "heart failure", "a bypass", "a heart bypass", "a hernia", "gallstones",
    "kidney stones", "ibs", "pcos", "an underactive thyroid", "an overactive thyroid", "a melanoma", "melanoma",
    "lymphoma", "bell's palsy", "vertigo", "lyme disease", "herpes", "genital herpes", "genital warts", "hepatitis b",
    "a hysterectomy", "a mastectomy", "a vasectomy", "a hip replacement", "a knee replacement", "a slipped disc",
    "cataracts", "glaucoma", "macular degeneration", "seizures", "a dvt", "deep vein thrombosis",
    "a pulmonary embolism", "an aneurysm", "a brain haemorrhage", "a nervous breakdown", "a kidney transplant",
)  # fmt: skip
# "on dialysis": a treatment that says what a person has.
TREATMENTS = word_set(
    "dialysis insulin methadone chemo chemotherapy antipsychotics lithium ritalin antidepressants oxygen"
)

# Nouns of one person, before or behind the word for what they are.
ONE_PERSON = word_set(
    "boy girl lad lass man woman bloke guy lady kid child baby teenager youngster student pupil national driver "
    "suspect victim refugee mum dad mother father gran nan grandmother grandfather grandad brother sister son "
    "daughter cousin uncle aunt auntie husband wife partner boyfriend girlfriend colleague worker officer nurse "
    "doctor carer neighbour landlord owner interpreter gentleman chap fella female male"
)
