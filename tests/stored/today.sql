BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	programme VARCHAR(100) NOT NULL, 
	at DATETIME NOT NULL, 
	act VARCHAR(20) NOT NULL, 
	"by" INTEGER, 
	digest INTEGER, 
	CONSTRAINT pk_audit PRIMARY KEY (id), 
	CONSTRAINT fk_audit_by_people FOREIGN KEY("by") REFERENCES people (id) ON DELETE SET NULL, 
	CONSTRAINT fk_audit_programme_programmes FOREIGN KEY(programme) REFERENCES programmes (id)
);
INSERT INTO "audit" VALUES(1,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(2,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(3,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(4,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(5,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(6,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(7,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(8,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(9,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(10,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(11,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(12,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(13,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(14,'landsbyen-2018','2018-09-28 00:00:00.000000','quote_approved',32,1);
INSERT INTO "audit" VALUES(15,'landsbyen-2018','2018-09-28 08:01:00.000000','digest_approved',32,1);
INSERT INTO "audit" VALUES(16,'landsbyen-2018','2018-09-28 12:00:00.000000','digest_issued',NULL,1);
INSERT INTO "audit" VALUES(17,'landsbyen-2018','2018-09-28 12:01:00.000000','response_released',32,1);
INSERT INTO "audit" VALUES(18,'landsbyen-2018','2018-10-05 08:01:00.000000','digest_sent_back',32,2);
INSERT INTO "audit" VALUES(19,'landsbyen-2018','2018-10-12 08:00:00.000000','detached',NULL,1);
INSERT INTO "audit" VALUES(20,'landsbyen-2018','2018-10-20 05:30:00.000000','detached',NULL,2);
INSERT INTO "audit" VALUES(21,'landsbyen-2018','2018-10-26 08:00:00.000000','detached',NULL,3);
INSERT INTO "audit" VALUES(22,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(23,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(24,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(25,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(26,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(27,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(28,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(29,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(30,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(31,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(32,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(33,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(34,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(35,'landsbyen-2018','2018-11-02 00:00:00.000000','quote_approved',32,5);
INSERT INTO "audit" VALUES(36,'landsbyen-2018','2018-11-02 09:01:00.000000','digest_approved',32,5);
INSERT INTO "audit" VALUES(37,'landsbyen-2018','2018-11-02 13:00:00.000000','digest_issued',NULL,5);
INSERT INTO "audit" VALUES(38,'landsbyen-2018','2018-11-08 06:30:00.000000','replies_deleted',NULL,1);
INSERT INTO "audit" VALUES(39,'landsbyen-2018','2018-11-09 09:00:00.000000','detached',NULL,4);
INSERT INTO "audit" VALUES(40,'landsbyen-2018','2018-11-15 06:30:00.000000','replies_deleted',NULL,2);
INSERT INTO "audit" VALUES(41,'landsbyen-2018','2018-11-15 00:00:00.000000','quote_approved',32,6);
INSERT INTO "audit" VALUES(42,'landsbyen-2018','2018-11-15 00:00:00.000000','quote_declined',32,6);
INSERT INTO "audit" VALUES(43,'landsbyen-2018','2018-11-15 00:00:00.000000','quote_declined',32,6);
INSERT INTO "audit" VALUES(44,'landsbyen-2018','2018-11-15 00:00:00.000000','quote_declined',32,6);
INSERT INTO "audit" VALUES(45,'landsbyen-2018','2018-11-15 00:00:00.000000','quote_declined',32,6);
INSERT INTO "audit" VALUES(46,'landsbyen-2018','2018-11-15 00:00:00.000000','quote_removed',NULL,5);
INSERT INTO "audit" VALUES(47,'landsbyen-2018','2018-11-15 12:00:00.000000','digest_approved',32,4);
INSERT INTO "audit" VALUES(48,'landsbyen-2018','2018-11-15 12:00:00.000000','response_released',32,5);
INSERT INTO "audit" VALUES(49,'landsbyen-2018','2018-11-15 12:00:00.000000','response_released',32,5);
INSERT INTO "audit" VALUES(50,'landsbyen-2018','2018-11-15 12:00:00.000000','response_declined',32,5);
CREATE TABLE authorships (
	reply_id VARCHAR(32) NOT NULL, 
	round_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	written_at DATETIME NOT NULL, 
	CONSTRAINT pk_authorships PRIMARY KEY (reply_id), 
	CONSTRAINT fk_authorships_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_authorships_reply_id_replies FOREIGN KEY(reply_id) REFERENCES replies (id) ON DELETE CASCADE, 
	CONSTRAINT fk_authorships_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id), 
	CONSTRAINT uq_authorships_round_id_person_id UNIQUE (round_id, person_id)
);
INSERT INTO "authorships" VALUES('668ed746ed144d7b9f4ae5fc249ae991',5,35,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('0fe4c7a74b314c0e85de662390f6e0e6',5,36,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('c1bdf84349bd444fbb5871a6c225e0a1',5,37,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('1a27bc7e50b34509944ed916f8d82f16',5,38,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('732c320e5b3645b1bb93d9f725995201',5,39,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('701502d10372434cb692121da50f4045',5,41,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('342d8486fa494ffb8131267f4a65d9e4',5,42,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('2a81925f830440d1acf4ef94c5a89e8e',5,43,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('79175e109fd74ba0bcc08a994279703d',5,44,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('d9e46a85f4cb46c7bc1080004cae2cd8',5,45,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('73c3a7744b9548248925d03857e253ae',5,46,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('89e2fecda0c946b1b6ca6daa9e7b9539',5,47,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('03961c43df7843b39237fb3dfe2b1a18',5,48,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('296b95d8045b46bcac8d29dec74b5c1e',5,49,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('e8f49a79a1f84a28be9169f07f5b9848',5,50,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('bd0036ae91da461cbea92f8cd775b578',5,51,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('f903590d567a4c08bc86b6e293eda1fe',5,52,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('b91b487e4518477daa15f81897b7be96',5,53,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('4d0fa0f34fd84613a8fbdf6d22aab9b9',5,54,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('5df96c49b9af467382fa02ab38b5e059',5,55,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('07dc6e22224a40cfb7bfdf29c9db8fd1',5,56,'2018-10-30 09:40:00.000000');
INSERT INTO "authorships" VALUES('a28bcd916224411590abcd55e222e36a',6,35,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('165477fb9ac34c1a82690385e3e0f08f',6,36,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('d1028d41ce1b41aea627aa981db8722f',6,37,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('33b8d8ff1d914e8fb7cc7cad9869b2fa',6,38,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('8d1beb7577c94a99b7d7a6c1cc75a290',6,39,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('3879dd3b0d30478995d552d1d4904b26',6,41,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('bb806b963c5a4bb29c24dfd05ae10e9d',6,42,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('bb5ebbbf3855483aa51a30998a59da77',6,43,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('3c7dd25d13de4fa9aad0a522ff3a94f7',6,44,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('06a1924564054ffdbfe261e4f2d7d3f0',6,45,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('2d6aa891f4b24d7a9ac4838505f9aeb6',6,46,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('9234732d11f849dba4f4d012494579d0',6,47,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('564fab8252a74afcb9ba5f02a7888d0f',6,48,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('50f18b1588af468b8a090285326bcc2c',6,49,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('af622c9db534450098c02e42a6fd428b',6,50,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('0fbca1b6031e4296b0fc71abef75773e',6,51,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('0ea4ced748a442fa976fbbfc1209ce99',6,52,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('9143786692454bdd8b5fc41e3db6c62a',6,53,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('2dda5c89760344e9b1f46171d5013b10',6,54,'2018-11-06 09:40:00.000000');
INSERT INTO "authorships" VALUES('6e71f2ead0e245c387ef328e637c9a03',7,35,'2018-11-13 09:40:00.000000');
INSERT INTO "authorships" VALUES('52ac03ff1fa84c5d9cf030604ed6bd98',7,36,'2018-11-13 09:40:00.000000');
INSERT INTO "authorships" VALUES('14f0e64cd14d4c868245b514fde3aada',7,37,'2018-11-13 09:40:00.000000');
INSERT INTO "authorships" VALUES('096f4c83e9ac42278b4fce192bbd65f0',7,42,'2018-11-13 09:40:00.000000');
INSERT INTO "authorships" VALUES('2d469e904e4141128722d868315dd416',7,43,'2018-11-13 09:40:00.000000');
INSERT INTO "authorships" VALUES('71c2b928d723495f8ae862fa053fbf84',7,44,'2018-11-13 09:40:00.000000');
INSERT INTO "authorships" VALUES('78fd35b4a358470fbd790a3ce6019a68',7,45,'2018-11-13 09:40:00.000000');
INSERT INTO "authorships" VALUES('66c958cee1444a8ea152c8894fe326e9',7,46,'2018-11-13 09:40:00.000000');
INSERT INTO "authorships" VALUES('9c6479ad5bcc4ab5940e5667a1918ef9',7,47,'2018-11-13 09:40:00.000000');
INSERT INTO "authorships" VALUES('9ebfe0142f6849daafd2ef5556c84382',7,48,'2018-11-13 09:40:00.000000');
CREATE TABLE digests (
	id INTEGER NOT NULL, 
	programme VARCHAR(100) NOT NULL, 
	week VARCHAR(8) NOT NULL, 
	number INTEGER NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	content JSON NOT NULL, 
	checksum VARCHAR(64) NOT NULL, 
	revision INTEGER NOT NULL, 
	drafted_at DATETIME NOT NULL, 
	post_at DATETIME NOT NULL, 
	decided_at DATETIME, 
	decided_by INTEGER, 
	note VARCHAR(3000), 
	issued_at DATETIME, counts JSON, 
	CONSTRAINT pk_digests PRIMARY KEY (id), 
	CONSTRAINT fk_digests_decided_by_people FOREIGN KEY(decided_by) REFERENCES people (id), 
	CONSTRAINT fk_digests_programme_programmes FOREIGN KEY(programme) REFERENCES programmes (id), 
	CONSTRAINT uq_digests_programme_number UNIQUE (programme, number), 
	CONSTRAINT uq_digests_programme_week UNIQUE (programme, week)
);
INSERT INTO "digests" VALUES(1,'landsbyen-2018','2018-W39',1,'issued','{"programme": "landsbyen-2018", "title": {"da": "Landsbykonference", "en": "Village conference"}, "number": 1, "week": "2018-W39", "floor": 5, "themes": [{"theme": "retning", "title": {"da": "Retning", "en": "Direction"}, "asks": [{"da": "Hvor skal vi hen?", "en": "Where are we going?"}], "people": 20, "wishes": 15, "participation": null, "words": [{"word": "m\u00f8de", "people": 5}, {"word": "tid", "people": 5}]}], "also_asked": [], "compared": null, "heard": null, "since_last": []}','f885691a70530973894e98a455da5f03b8dff828370a8498fc66188de60bf086',1,'2018-09-28 08:00:00.000000','2018-09-28 12:00:00.000000','2018-09-28 08:01:00.000000',32,NULL,'2018-09-28 12:00:00.000000','{"m\u00f8de": 7, "tid": 6}');
INSERT INTO "digests" VALUES(2,'landsbyen-2018','2018-W40',2,'held','{"programme": "landsbyen-2018", "title": {"da": "Landsbykonference", "en": "Village conference"}, "number": 2, "week": "2018-W40", "floor": 5, "themes": [{"theme": "sammenhold", "title": {"da": "Sammenhold", "en": "Togetherness"}, "asks": [{"da": "Hvem skal med?", "en": "Who should come along?"}], "people": 20, "wishes": null, "participation": null, "words": []}], "also_asked": [], "compared": "same", "heard": {"digest": 1, "politicians": 1}, "since_last": [{"digest": 1, "kind": "free_text", "words": "Vi g\u00e5r med.", "wishes_on": {"da": "Retning", "en": "Direction"}}]}','13abdd13bfd7d16da770a08f32567238907925f19913fb0a9eb8027c72e8ebea',1,'2018-10-05 08:00:00.000000','2018-10-05 12:00:00.000000','2018-10-05 08:01:00.000000',32,'Vent på mødet',NULL,'{"m\u00f8de": 7, "tid": 6}');
INSERT INTO "digests" VALUES(3,'landsbyen-2018','2018-W41',3,'approved','{"programme": "landsbyen-2018", "title": {"da": "Landsbykonference", "en": "Village conference"}, "number": 3, "week": "2018-W41", "floor": 5, "themes": [{"theme": "retning", "title": {"da": "Retning", "en": "Direction"}, "asks": [{"da": "Hvorn\u00e5r er vi der?", "en": "When do we arrive?"}], "people": 20, "wishes": null, "participation": null, "words": []}], "also_asked": [], "compared": "same", "heard": {"digest": 1, "politicians": 1}, "since_last": []}','a731dd678601659881a0d7dc7e8f36a1d8ad9c69f97e9a72246cf92ad4134755',1,'2018-10-12 08:00:00.000000','2018-10-12 12:00:00.000000','2018-10-12 12:00:00.000000',32,NULL,NULL,'{"m\u00f8de": 7, "tid": 6}');
INSERT INTO "digests" VALUES(4,'landsbyen-2018','2018-W43',4,'approved','{"programme": "landsbyen-2018", "title": {"da": "Landsbykonference", "en": "Village conference"}, "number": 4, "week": "2018-W43", "floor": 5, "themes": [{"theme": "sammenhold", "title": {"da": "Sammenhold", "en": "Togetherness"}, "asks": [{"da": "Hvad nu?", "en": "What now?"}], "people": 20, "wishes": null, "participation": null, "words": []}], "also_asked": [], "compared": "same", "heard": {"digest": 1, "politicians": 1}, "since_last": []}','0bb4687939aebe21fb836ed32d00a221029b7bd62da0539837e5bd8e8f463a0e',1,'2018-10-26 08:00:00.000000','2018-10-26 12:00:00.000000','2018-11-15 12:00:00.000000',32,NULL,NULL,'{"m\u00f8de": 7, "tid": 6}');
INSERT INTO "digests" VALUES(5,'landsbyen-2018','2018-W44',5,'issued','{"programme": "landsbyen-2018", "title": {"da": "Landsbykonference", "en": "Village conference"}, "number": 5, "week": "2018-W44", "floor": 5, "themes": [{"theme": "retning", "title": {"da": "Retning", "en": "Direction"}, "asks": [{"da": "Hvordan kommer vi frem?", "en": "How do we get there?"}], "people": 20, "wishes": 15, "participation": null, "words": []}], "also_asked": [], "compared": "same", "heard": {"digest": 1, "politicians": 1}, "since_last": []}','824aa1b3973e76f922d0e111e721cea40599e5d138c462bfaac77b0be4fa80f5',2,'2018-11-02 09:00:00.000000','2018-11-02 13:00:00.000000','2018-11-02 09:01:00.000000',32,NULL,'2018-11-02 13:00:00.000000','{"m\u00f8de": 7, "tid": 6}');
INSERT INTO "digests" VALUES(6,'landsbyen-2018','2018-W45',6,'in_review','{"programme": "landsbyen-2018", "title": {"da": "Landsbykonference", "en": "Village conference"}, "number": 6, "week": "2018-W45", "floor": 5, "themes": [{"theme": "sammenhold", "title": {"da": "Sammenhold", "en": "Togetherness"}, "asks": [{"da": "Hvorfor g\u00e5r vi?", "en": "Why do we go?"}], "people": 20, "wishes": 15, "participation": null, "words": []}], "also_asked": [], "compared": "same", "heard": null, "since_last": []}','b53dc2a4ce57c6633195f99cc475d414b8ffca5e6c3e14f0aae436b3525d29a0',1,'2018-11-09 09:00:00.000000','2018-11-09 13:00:00.000000',NULL,NULL,NULL,NULL,'{"m\u00f8de": 6, "tid": 5}');
CREATE TABLE heard_by (
	digest_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	CONSTRAINT pk_heard_by PRIMARY KEY (digest_id, person_id), 
	CONSTRAINT fk_heard_by_digest_id_digests FOREIGN KEY(digest_id) REFERENCES digests (id), 
	CONSTRAINT fk_heard_by_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "heard_by" VALUES(1,1);
INSERT INTO "heard_by" VALUES(5,1);
CREATE TABLE leases (
	workspace VARCHAR(100) NOT NULL, 
	holder VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	counter INTEGER NOT NULL, 
	CONSTRAINT pk_leases PRIMARY KEY (workspace)
);
INSERT INTO "leases" VALUES('local','',1,190);
CREATE TABLE missed_slots (
	programme VARCHAR(100) NOT NULL, 
	week VARCHAR(8) NOT NULL, 
	day INTEGER NOT NULL, 
	reason VARCHAR(400) NOT NULL, 
	noticed_at DATETIME NOT NULL, 
	CONSTRAINT pk_missed_slots PRIMARY KEY (programme, week, day), 
	CONSTRAINT fk_missed_slots_programme_programmes FOREIGN KEY(programme) REFERENCES programmes (id)
);
INSERT INTO "missed_slots" VALUES('landsbyen-2018','2018-W36',1,'before_load','2018-11-15 12:00:00.000000');
INSERT INTO "missed_slots" VALUES('landsbyen-2018','2018-W37',1,'too_late','2018-11-15 12:00:00.000000');
INSERT INTO "missed_slots" VALUES('landsbyen-2018','2018-W38',1,'audience','2018-11-15 12:00:00.000000');
INSERT INTO "missed_slots" VALUES('landsbyen-2018','2018-W42',1,'singled_out','2018-11-15 12:00:00.000000');
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	delivery_id VARCHAR(32) NOT NULL, 
	programme VARCHAR(100) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	round_id INTEGER, 
	person_id INTEGER, 
	"key" VARCHAR(255), 
	address VARCHAR(255) NOT NULL, 
	facts JSON NOT NULL, 
	due_at DATETIME NOT NULL, 
	expires_at DATETIME, 
	next_at DATETIME NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	attempts INTEGER NOT NULL, 
	looks INTEGER NOT NULL, 
	lease INTEGER, 
	reason VARCHAR(400), 
	tried_at DATETIME, 
	sent_at DATETIME, 
	channel VARCHAR(255), 
	stamp VARCHAR(64), 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT fk_outbox_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_outbox_programme_programmes FOREIGN KEY(programme) REFERENCES programmes (id), 
	CONSTRAINT fk_outbox_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id), 
	CONSTRAINT uq_outbox_delivery_id UNIQUE (delivery_id), 
	CONSTRAINT uq_outbox_key UNIQUE (programme, "key"), 
	CONSTRAINT uq_outbox_round_person_kind UNIQUE (round_id, person_id, kind)
);
INSERT INTO "outbox" VALUES(45,'19708785414548c289f7f7cc16946103','landsbyen-2018','quote_review',NULL,NULL,'quotes:1','C0ORGANISERS','{"digest": 1}','2018-09-28 08:00:00.000000',NULL,'2018-09-28 08:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(46,'e0186311633b4a4c9c0522947ec17721','landsbyen-2018','draft',NULL,NULL,'draft:1','C0ORGANISERS','{"digest": 1}','2018-09-28 08:00:00.000000',NULL,'2018-09-28 08:00:00.000000','sent',1,0,1,NULL,'2018-09-28 08:00:00.000000','2018-09-28 08:00:00.000000','C0ORGANISERS','1538121600.000000');
INSERT INTO "outbox" VALUES(47,'23abcb1c2fa04fac82cbe762059bf852','landsbyen-2018','digest',NULL,NULL,'digest:1','C0DIGEST','{"digest": 1}','2018-09-28 12:00:00.000000',NULL,'2018-09-28 12:00:00.000000','sent',1,0,1,NULL,'2018-09-28 12:00:00.000000','2018-09-28 12:00:00.000000','C0DIGEST','1538136000.000000');
INSERT INTO "outbox" VALUES(48,'70ae7fd0e1c84705bd06d9d35db3651f','landsbyen-2018','redrawn',NULL,NULL,'redrawn:quotes:1','C0ORGANISERS','{"message": 45}','2018-09-28 12:00:00.000000',NULL,'2018-09-28 12:00:00.000000','sent',1,0,1,NULL,'2018-09-28 12:00:00.000000','2018-09-28 12:00:00.000000','C0ORGANISERS','1538121601.000000');
INSERT INTO "outbox" VALUES(49,'3c82cc4ab0794dada0237498385f50d6','landsbyen-2018','redrawn',NULL,NULL,'redrawn:draft:1','C0ORGANISERS','{"message": 46}','2018-09-28 12:00:00.000000',NULL,'2018-09-28 12:00:00.000000','sent',1,0,1,NULL,'2018-09-28 12:00:00.000000','2018-09-28 12:00:01.000000','C0ORGANISERS','1538121600.000000');
INSERT INTO "outbox" VALUES(50,'212a3ae61bbb4ee693e2a6aedba39dcc','landsbyen-2018','response_review',NULL,NULL,'response:1','C0ORGANISERS','{"response": 1}','2018-09-28 12:01:00.000000',NULL,'2018-09-28 12:01:00.000000','sent',1,0,1,NULL,'2018-09-28 12:01:00.000000','2018-09-28 12:01:00.000000','C0ORGANISERS','1538136060.000000');
INSERT INTO "outbox" VALUES(73,'5c28c6ed68ea424db9243996144705dd','landsbyen-2018','draft',NULL,NULL,'draft:2','C0ORGANISERS','{"digest": 2}','2018-10-05 08:00:00.000000',NULL,'2018-10-05 08:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(74,'143b498fe681463ca279ec51095602eb','landsbyen-2018','notice',NULL,NULL,'alarm:review:2:2018-10-05','C0ORGANISERS','{"say": "review.alarm.held", "values": {"number": 2, "week": 40}}','2018-10-05 12:00:00.000000',NULL,'2018-10-05 12:00:00.000000','sent',1,0,1,NULL,'2018-10-05 12:00:00.000000','2018-10-05 12:00:00.000000','C0ORGANISERS','1538740800.000000');
INSERT INTO "outbox" VALUES(75,'75b3684275ab4df2ad8ca7ec6572d400','landsbyen-2018','notice',NULL,NULL,'alarm:review:2:2018-10-08','C0ORGANISERS','{"say": "review.alarm.held", "values": {"number": 2, "week": 40}}','2018-10-08 05:30:00.000000',NULL,'2018-10-08 05:30:00.000000','sent',1,0,1,NULL,'2018-10-08 05:30:00.000000','2018-10-08 05:30:00.000000','C0ORGANISERS','1538976600.000000');
INSERT INTO "outbox" VALUES(102,'1dce4bbc87264574a99bf779a90397ba','landsbyen-2018','draft',NULL,NULL,'draft:3','C0ORGANISERS','{"digest": 3}','2018-10-12 08:00:00.000000',NULL,'2018-10-12 08:00:00.000000','sent',1,0,1,NULL,'2018-10-12 08:00:00.000000','2018-10-12 08:00:00.000000','C0ORGANISERS','1539331200.000000');
INSERT INTO "outbox" VALUES(146,'b924b33146084b12a7ee68cd88b2d3f4','landsbyen-2018','draft',NULL,NULL,'draft:4','C0ORGANISERS','{"digest": 4}','2018-10-26 08:00:00.000000',NULL,'2018-10-26 08:00:00.000000','sent',1,0,1,NULL,'2018-10-26 08:00:00.000000','2018-10-26 08:00:00.000000','C0ORGANISERS','1540540800.000000');
INSERT INTO "outbox" VALUES(154,'77f097dbd5074824badb1e80ac8874c8','landsbyen-2018','question',5,35,NULL,'U0EDB041FF3','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.000000','2018-10-30 08:30:00.000000','D0EDB041FF3','1540888200.000000');
INSERT INTO "outbox" VALUES(155,'a58512350dda49e4a4f4ad20962c6357','landsbyen-2018','question',5,36,NULL,'U0B54B2CAB7','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.000000','2018-10-30 08:30:00.000000','D0B54B2CAB7','1540888200.000001');
INSERT INTO "outbox" VALUES(156,'f3e3272e553a420abf488587c500e2a7','landsbyen-2018','question',5,37,NULL,'U069509C1EF','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.000000','2018-10-30 08:30:00.000000','D069509C1EF','1540888200.000002');
INSERT INTO "outbox" VALUES(157,'72a1e3cac91c443fa46e47360d5de08b','landsbyen-2018','question',5,38,NULL,'U0F714ABB23','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.000000','2018-10-30 08:30:00.000000','D0F714ABB23','1540888200.000003');
INSERT INTO "outbox" VALUES(158,'5e1336ca85e844efac46f5514cf4b162','landsbyen-2018','question',5,39,NULL,'U054F4E31AD','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.000000','2018-10-30 08:30:00.000000','D054F4E31AD','1540888200.000004');
INSERT INTO "outbox" VALUES(160,'7e5d03e7a6e648a0a046bcb3c9fbbe19','landsbyen-2018','question',5,41,NULL,'U040B2BFF31','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.000000','2018-10-30 08:30:00.000000','D040B2BFF31','1540888200.000006');
INSERT INTO "outbox" VALUES(161,'2ff0c08ed2c04ec5b3e4c289408bbde9','landsbyen-2018','question',5,42,NULL,'U0FB39A6A65','{"question": "hvordan"}','2018-10-30 09:30:00.000000','2018-10-31 09:30:00.000000','2018-10-30 09:30:00.000000','sent',1,0,1,NULL,'2018-10-30 09:30:00.000000','2018-10-30 09:30:00.000000','D0FB39A6A65','1540891800.000000');
INSERT INTO "outbox" VALUES(162,'39bd4e30ef824c6fa47acbecb78eb921','landsbyen-2018','question',5,43,NULL,'U04738B2CDC','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.000000','2018-10-30 08:30:00.000000','D04738B2CDC','1540888200.000007');
INSERT INTO "outbox" VALUES(163,'495a041053f24646bd6dfecfcef039f9','landsbyen-2018','question',5,44,NULL,'U0DC81B9C05','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.000000','2018-10-30 08:30:00.120000','D0DC81B9C05','1540888200.120000');
INSERT INTO "outbox" VALUES(164,'9802832bf35d44f2ba062566a9954cc9','landsbyen-2018','question',5,45,NULL,'U09061DC1A0','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.000000','2018-10-30 08:30:00.240000','D09061DC1A0','1540888200.240000');
INSERT INTO "outbox" VALUES(165,'02a2dc790601438fbf9106e9d88eb620','landsbyen-2018','question',5,46,NULL,'U0C4E63F40D','{"question": "hvordan"}','2018-10-30 09:30:00.000000','2018-10-31 09:30:00.000000','2018-10-30 09:30:00.000000','sent',1,0,1,NULL,'2018-10-30 09:30:00.000000','2018-10-30 09:30:00.000000','D0C4E63F40D','1540891800.000001');
INSERT INTO "outbox" VALUES(166,'3d2d308234d2426c8379ed59bfb52153','landsbyen-2018','question',5,47,NULL,'U027761442D','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.240000','2018-10-30 08:30:00.360000','D027761442D','1540888200.360000');
INSERT INTO "outbox" VALUES(167,'3bc427ba7aa44d5fad0c28490a340dbe','landsbyen-2018','question',5,48,NULL,'U003FD83DD5','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.240000','2018-10-30 08:30:00.480000','D003FD83DD5','1540888200.480000');
INSERT INTO "outbox" VALUES(168,'f78c0241d6ad43e69dc5a113a55857a6','landsbyen-2018','question',5,49,NULL,'U027AA98EB9','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.240000','2018-10-30 08:30:00.600000','D027AA98EB9','1540888200.600000');
INSERT INTO "outbox" VALUES(169,'77fbe0ad47a74254b4f4b9377b3091df','landsbyen-2018','question',5,50,NULL,'U0BCC8AFEED','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.240000','2018-10-30 08:30:00.720000','D0BCC8AFEED','1540888200.720000');
INSERT INTO "outbox" VALUES(170,'20bae078b07b4295aa2e634fc427c95f','landsbyen-2018','question',5,51,NULL,'U090B89C49A','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.240000','2018-10-30 08:30:00.840000','D090B89C49A','1540888200.840000');
INSERT INTO "outbox" VALUES(171,'1ff2946b001f4fe0826d3b89c331850c','landsbyen-2018','question',5,52,NULL,'U0EDD275C03','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','sent',1,0,1,NULL,'2018-10-30 08:30:00.240000','2018-10-30 08:30:00.960000','D0EDD275C03','1540888200.960000');
INSERT INTO "outbox" VALUES(172,'31c315a5d6284c259592f191ec570bdf','landsbyen-2018','question',5,53,NULL,'U0C1766826D','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','failed',1,0,1,'unreachable: chat.postMessage: account_inactive','2018-10-30 08:30:00.240000',NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(173,'d5ed39a7c7d54b03ab1fc616710194ac','landsbyen-2018','question',5,54,NULL,'U0BCAF47F75','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','missed',1,0,1,'expired','2018-10-30 08:30:00.240000',NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(174,'661bfc3ed1be44fdbd5352ce5466e139','landsbyen-2018','question',5,55,NULL,'U002888E9F5','{"question": "hvordan"}','2018-10-30 08:30:00.000000','2018-10-31 08:30:00.000000','2018-10-30 08:30:00.000000','cancelled',1,0,1,'the person is paused','2018-10-30 08:30:00.240000',NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(175,'e5226b5bba994ddf80a9fc98afe12a69','landsbyen-2018','question',5,56,NULL,'U0FFAFDA46A','{"question": "hvordan"}','2018-10-30 09:30:00.000000','2018-10-31 09:30:00.000000','2018-10-30 09:30:00.000000','failed',1,0,1,'unsure','2018-10-30 09:30:00.000000',NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(185,'7f11b44ae0bb4df99794072ece14c962','landsbyen-2018','quote_review',NULL,NULL,'quotes:5','C0ORGANISERS','{"digest": 5}','2018-11-02 09:00:00.000000',NULL,'2018-11-02 09:00:00.000000','sent',1,0,1,NULL,'2018-11-02 09:00:00.000000','2018-11-02 09:00:01.000000','C0ORGANISERS','1541149201.000000');
INSERT INTO "outbox" VALUES(186,'aab44cb4322f4c6e9428747f5fee72cb','landsbyen-2018','draft',NULL,NULL,'draft:5','C0ORGANISERS','{"digest": 5}','2018-11-02 09:00:00.000000',NULL,'2018-11-02 09:00:00.000000','sent',1,0,1,NULL,'2018-11-02 09:00:00.000000','2018-11-02 09:00:00.000000','C0ORGANISERS','1541149200.000000');
INSERT INTO "outbox" VALUES(187,'4614440fd7c94a688d4e309043fd88d6','landsbyen-2018','digest',NULL,NULL,'digest:5','C0DIGEST','{"digest": 5}','2018-11-02 13:00:00.000000',NULL,'2018-11-02 13:00:00.000000','sent',1,0,1,NULL,'2018-11-02 13:00:00.000000','2018-11-02 13:00:00.000000','C0DIGEST','1541163600.000000');
INSERT INTO "outbox" VALUES(188,'87ac82aa98f64110ad545738f3d99e71','landsbyen-2018','redrawn',NULL,NULL,'redrawn:quotes:5','C0ORGANISERS','{"message": 185}','2018-11-02 13:00:00.000000',NULL,'2018-11-02 13:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(189,'07d6831d20af480886b2df5cc5add64c','landsbyen-2018','redrawn',NULL,NULL,'redrawn:draft:5','C0ORGANISERS','{"message": 186}','2018-11-02 13:00:00.000000',NULL,'2018-11-02 13:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(196,'7bd56bdfe0aa4fdf8592f108fed430f9','landsbyen-2018','question',6,35,NULL,'U0EDB041FF3','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.000000','2018-11-06 08:30:00.000000','D0EDB041FF3','1541493000.000000');
INSERT INTO "outbox" VALUES(197,'df9f9e353b374d78986e4a1d8c204648','landsbyen-2018','question',6,36,NULL,'U0B54B2CAB7','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.000000','2018-11-06 08:30:00.000000','D0B54B2CAB7','1541493000.000001');
INSERT INTO "outbox" VALUES(198,'147181ada45a408090ac1e535a00bc37','landsbyen-2018','question',6,37,NULL,'U069509C1EF','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.000000','2018-11-06 08:30:00.000000','D069509C1EF','1541493000.000002');
INSERT INTO "outbox" VALUES(199,'5ad302f70c2f4eb58c0db130413860a8','landsbyen-2018','question',6,38,NULL,'U0F714ABB23','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.000000','2018-11-06 08:30:00.000000','D0F714ABB23','1541493000.000003');
INSERT INTO "outbox" VALUES(200,'5f98836f75fa49fbb3a4df158cba9205','landsbyen-2018','question',6,39,NULL,'U054F4E31AD','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.000000','2018-11-06 08:30:00.000000','D054F4E31AD','1541493000.000004');
INSERT INTO "outbox" VALUES(202,'a4fea8c678c4484e99350f6117d788f3','landsbyen-2018','question',6,41,NULL,'U040B2BFF31','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.000000','2018-11-06 08:30:00.000000','D040B2BFF31','1541493000.000006');
INSERT INTO "outbox" VALUES(203,'91f5c650788d47728b4f6e73efe92b91','landsbyen-2018','question',6,42,NULL,'U0FB39A6A65','{"question": "hvorfor"}','2018-11-06 09:30:00.000000','2018-11-07 09:30:00.000000','2018-11-06 09:30:00.000000','sent',1,0,1,NULL,'2018-11-06 09:30:00.000000','2018-11-06 09:30:00.000000','D0FB39A6A65','1541496600.000000');
INSERT INTO "outbox" VALUES(204,'d413930997394569bae023cd52c64853','landsbyen-2018','question',6,43,NULL,'U04738B2CDC','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.000000','2018-11-06 08:30:00.000000','D04738B2CDC','1541493000.000007');
INSERT INTO "outbox" VALUES(205,'83f5023faaab4a1e8d47ed6cf983331d','landsbyen-2018','question',6,44,NULL,'U0DC81B9C05','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.000000','2018-11-06 08:30:00.120000','D0DC81B9C05','1541493000.120000');
INSERT INTO "outbox" VALUES(206,'20030174ee6f43b1b9247a13da0e35b0','landsbyen-2018','question',6,45,NULL,'U09061DC1A0','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.000000','2018-11-06 08:30:00.240000','D09061DC1A0','1541493000.240000');
INSERT INTO "outbox" VALUES(207,'f1944e86f6504663a8aa40dae60568df','landsbyen-2018','question',6,46,NULL,'U0C4E63F40D','{"question": "hvorfor"}','2018-11-06 09:30:00.000000','2018-11-07 09:30:00.000000','2018-11-06 09:30:00.000000','sent',1,0,1,NULL,'2018-11-06 09:30:00.000000','2018-11-06 09:30:00.000000','D0C4E63F40D','1541496600.000001');
INSERT INTO "outbox" VALUES(208,'adb80779a2b44e5b938541f746d926d1','landsbyen-2018','question',6,47,NULL,'U027761442D','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.240000','2018-11-06 08:30:00.360000','D027761442D','1541493000.360000');
INSERT INTO "outbox" VALUES(209,'80807c9c18b747d1aa54c0334507c9ed','landsbyen-2018','question',6,48,NULL,'U003FD83DD5','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.240000','2018-11-06 08:30:00.480000','D003FD83DD5','1541493000.480000');
INSERT INTO "outbox" VALUES(210,'11e43f8ba5514d4ba131596d54e01799','landsbyen-2018','question',6,49,NULL,'U027AA98EB9','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.240000','2018-11-06 08:30:00.600000','D027AA98EB9','1541493000.600000');
INSERT INTO "outbox" VALUES(211,'27054cfb92504d3fbe55989da93ef0fd','landsbyen-2018','question',6,50,NULL,'U0BCC8AFEED','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.240000','2018-11-06 08:30:00.720000','D0BCC8AFEED','1541493000.720000');
INSERT INTO "outbox" VALUES(212,'420eae3b5b83426380c0a0edc9c4bc05','landsbyen-2018','question',6,51,NULL,'U090B89C49A','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.240000','2018-11-06 08:30:00.840000','D090B89C49A','1541493000.840000');
INSERT INTO "outbox" VALUES(213,'7f40b7e5cb884a75872e8386b10055ee','landsbyen-2018','question',6,52,NULL,'U0EDD275C03','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.240000','2018-11-06 08:30:00.960000','D0EDD275C03','1541493000.960000');
INSERT INTO "outbox" VALUES(214,'ded1af594fb24816be00d38c8a456343','landsbyen-2018','question',6,53,NULL,'U0C1766826D','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.240000','2018-11-06 08:30:01.080000','D0C1766826D','1541493001.080000');
INSERT INTO "outbox" VALUES(215,'423c9b31874944439e62d71e60136a77','landsbyen-2018','question',6,54,NULL,'U0BCAF47F75','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.240000','2018-11-06 08:30:01.200000','D0BCAF47F75','1541493001.200000');
INSERT INTO "outbox" VALUES(216,'7b684b80581040e186c9193c29e42a7e','landsbyen-2018','question',6,55,NULL,'U002888E9F5','{"question": "hvorfor"}','2018-11-06 08:30:00.000000','2018-11-07 08:30:00.000000','2018-11-06 08:30:00.000000','sent',1,0,1,NULL,'2018-11-06 08:30:00.240000','2018-11-06 08:30:01.320000','D002888E9F5','1541493001.320000');
INSERT INTO "outbox" VALUES(217,'d02580815ed943faaebcb47ac72ae9f7','landsbyen-2018','question',6,56,NULL,'U0FFAFDA46A','{"question": "hvorfor"}','2018-11-06 09:30:00.000000','2018-11-07 09:30:00.000000','2018-11-06 09:30:00.000000','sent',1,0,1,NULL,'2018-11-06 09:30:00.000000','2018-11-06 09:30:00.000000','D0FFAFDA46A','1541496600.000002');
INSERT INTO "outbox" VALUES(229,'2d760626e428413fb1174e5d6be97462','landsbyen-2018','quote_review',NULL,NULL,'quotes:6','C0ORGANISERS','{"digest": 6}','2018-11-09 09:00:00.000000',NULL,'2018-11-09 09:00:00.000000','sent',1,0,1,NULL,'2018-11-09 09:00:00.000000','2018-11-09 09:00:01.000000','C0ORGANISERS','1541754001.000000');
INSERT INTO "outbox" VALUES(230,'d4d49e72c3724ec89dc45e72c3a23c17','landsbyen-2018','draft',NULL,NULL,'draft:6','C0ORGANISERS','{"digest": 6}','2018-11-09 09:00:00.000000',NULL,'2018-11-09 09:00:00.000000','sent',1,0,1,NULL,'2018-11-09 09:00:00.000000','2018-11-09 09:00:00.000000','C0ORGANISERS','1541754000.000000');
INSERT INTO "outbox" VALUES(231,'f03a300c65254b608fd5f25515f5f83d','landsbyen-2018','response_review',NULL,NULL,'response:2','C0ORGANISERS','{"response": 2}','2018-11-09 09:01:00.000000',NULL,'2018-11-09 09:01:00.000000','sent',1,0,1,NULL,'2018-11-09 09:01:00.000000','2018-11-09 09:01:00.000000','C0ORGANISERS','1541754060.000000');
INSERT INTO "outbox" VALUES(241,'0bb76a344c7d44ffaa2a593b715b2167','landsbyen-2018','question',7,35,NULL,'U0EDB041FF3','{"question": "hvor-langt"}','2018-11-13 08:30:00.000000','2018-11-14 08:30:00.000000','2018-11-13 08:30:00.000000','sent',1,0,1,NULL,'2018-11-13 08:30:00.000000','2018-11-13 08:30:00.000000','D0EDB041FF3','1542097800.000000');
INSERT INTO "outbox" VALUES(242,'d8755207faa34d109a4465cc785c0a06','landsbyen-2018','question',7,36,NULL,'U0B54B2CAB7','{"question": "hvor-langt"}','2018-11-13 08:30:00.000000','2018-11-14 08:30:00.000000','2018-11-13 08:30:00.000000','sent',1,0,1,NULL,'2018-11-13 08:30:00.000000','2018-11-13 08:30:00.000000','D0B54B2CAB7','1542097800.000001');
INSERT INTO "outbox" VALUES(243,'413f0e7b4b184d83bbd05bdef54725d5','landsbyen-2018','question',7,37,NULL,'U069509C1EF','{"question": "hvor-langt"}','2018-11-13 08:30:00.000000','2018-11-14 08:30:00.000000','2018-11-13 08:30:00.000000','sent',1,0,1,NULL,'2018-11-13 08:30:00.000000','2018-11-13 08:30:00.000000','D069509C1EF','1542097800.000002');
INSERT INTO "outbox" VALUES(244,'1444145d3d3d45468639dcb73db45201','landsbyen-2018','question',7,42,NULL,'U0FB39A6A65','{"question": "hvor-langt"}','2018-11-13 09:30:00.000000','2018-11-14 09:30:00.000000','2018-11-13 09:30:00.000000','sent',1,0,1,NULL,'2018-11-13 09:30:00.000000','2018-11-13 09:30:00.000000','D0FB39A6A65','1542101400.000000');
INSERT INTO "outbox" VALUES(245,'ca79f8eb01854848b304033453c69038','landsbyen-2018','question',7,43,NULL,'U04738B2CDC','{"question": "hvor-langt"}','2018-11-13 08:30:00.000000','2018-11-14 08:30:00.000000','2018-11-13 08:30:00.000000','sent',1,0,1,NULL,'2018-11-13 08:30:00.000000','2018-11-13 08:30:00.000000','D04738B2CDC','1542097800.000003');
INSERT INTO "outbox" VALUES(246,'5874b4547e5545178cfd154a1e65d809','landsbyen-2018','question',7,44,NULL,'U0DC81B9C05','{"question": "hvor-langt"}','2018-11-13 08:30:00.000000','2018-11-14 08:30:00.000000','2018-11-13 08:30:00.000000','sent',1,0,1,NULL,'2018-11-13 08:30:00.000000','2018-11-13 08:30:00.000000','D0DC81B9C05','1542097800.000004');
INSERT INTO "outbox" VALUES(247,'87fac592d2bd44be9d0a93aab32047e8','landsbyen-2018','question',7,45,NULL,'U09061DC1A0','{"question": "hvor-langt"}','2018-11-13 08:30:00.000000','2018-11-14 08:30:00.000000','2018-11-13 08:30:00.000000','sent',1,0,1,NULL,'2018-11-13 08:30:00.000000','2018-11-13 08:30:00.000000','D09061DC1A0','1542097800.000005');
INSERT INTO "outbox" VALUES(248,'a3e44b6c30cc4ca4a9bc26f213d465e7','landsbyen-2018','question',7,46,NULL,'U0C4E63F40D','{"question": "hvor-langt"}','2018-11-13 09:30:00.000000','2018-11-14 09:30:00.000000','2018-11-13 09:30:00.000000','sent',1,0,1,NULL,'2018-11-13 09:30:00.000000','2018-11-13 09:30:00.000000','D0C4E63F40D','1542101400.000001');
INSERT INTO "outbox" VALUES(249,'cf08e5a59a8f460696abaf4a5f5ee9e4','landsbyen-2018','question',7,47,NULL,'U027761442D','{"question": "hvor-langt"}','2018-11-13 08:30:00.000000','2018-11-14 08:30:00.000000','2018-11-13 08:30:00.000000','sent',1,0,1,NULL,'2018-11-13 08:30:00.000000','2018-11-13 08:30:00.000000','D027761442D','1542097800.000006');
INSERT INTO "outbox" VALUES(250,'4bf4737d841b4fffa258159c4d9793d9','landsbyen-2018','question',7,48,NULL,'U003FD83DD5','{"question": "hvor-langt"}','2018-11-13 08:30:00.000000','2018-11-14 08:30:00.000000','2018-11-13 08:30:00.000000','sent',1,0,1,NULL,'2018-11-13 08:30:00.000000','2018-11-13 08:30:00.000000','D003FD83DD5','1542097800.000007');
INSERT INTO "outbox" VALUES(251,'bbca265bba924597a367a355d290ac94','landsbyen-2018','question',7,49,NULL,'U027AA98EB9','{"question": "hvor-langt"}','2018-11-13 08:30:00.000000','2018-11-14 08:30:00.000000','2018-11-13 08:30:00.000000','sent',1,0,1,NULL,'2018-11-13 08:30:00.000000','2018-11-13 08:30:00.120000','D027AA98EB9','1542097800.120000');
INSERT INTO "outbox" VALUES(252,'7fe2a836a4c84de38f042ba074455c6a','landsbyen-2018','question',7,50,NULL,'U0BCC8AFEED','{"question": "hvor-langt"}','2018-11-13 08:30:00.000000','2018-11-14 08:30:00.000000','2018-11-13 08:30:00.000000','sent',1,0,1,NULL,'2018-11-13 08:30:00.000000','2018-11-13 08:30:00.240000','D0BCC8AFEED','1542097800.240000');
INSERT INTO "outbox" VALUES(253,'22b43b5a0e6a458db726a782b1700073','landsbyen-2018','question',7,51,NULL,'U090B89C49A','{"question": "hvor-langt"}','2018-11-13 08:30:00.000000','2018-11-14 08:30:00.000000','2018-11-13 08:30:00.000000','sent',1,0,1,NULL,'2018-11-13 08:30:00.240000','2018-11-13 08:30:00.360000','D090B89C49A','1542097800.360000');
INSERT INTO "outbox" VALUES(254,'07c9ec06740c4f8397072c39ce01297e','landsbyen-2018','question',7,52,NULL,'U0EDD275C03','{"question": "hvor-langt"}','2018-11-13 08:30:00.000000','2018-11-16 08:00:00.000000','2018-11-13 08:30:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(255,'dd77093b3eb84ec29f3ca45011de8cf2','landsbyen-2018','question',7,53,NULL,'U0C1766826D','{"question": "hvor-langt"}','2018-11-15 11:59:57.000000','2018-11-16 08:00:00.000000','2018-11-15 12:00:58.000000','unknown',1,0,1,'unsure: chat.postMessage: no answer','2018-11-15 11:59:58.000000',NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(256,'eec4156eca0340449617f9277f66c883','landsbyen-2018','question',7,54,NULL,'U0BCAF47F75','{"question": "hvor-langt"}','2018-11-15 11:59:57.000000','2018-11-16 08:00:00.000000','2018-11-15 11:59:57.000000','sending',1,0,1,NULL,'2018-11-15 11:59:58.000000',NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(257,'93bf13a83ac549f79c8817ab5a961d6c','landsbyen-2018','question',7,55,NULL,'U002888E9F5','{"question": "hvor-langt"}','2018-11-15 11:59:57.000000','2018-11-16 08:00:00.000000','2018-11-15 11:59:57.000000','sending',1,0,1,NULL,'2018-11-15 11:59:58.000000',NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(258,'7d578975bd8543b5837f2347e816a0da','landsbyen-2018','question',7,56,NULL,'U0FFAFDA46A','{"question": "hvor-langt"}','2018-11-13 09:30:00.000000','2018-11-14 09:30:00.000000','2018-11-13 09:30:00.000000','sent',1,0,1,NULL,'2018-11-13 09:30:00.000000','2018-11-13 09:30:00.000000','D0FFAFDA46A','1542101400.000002');
INSERT INTO "outbox" VALUES(267,'cc985f93596c4d1993614b3b5636586d','landsbyen-2018','reminder',7,49,NULL,'U027AA98EB9','{"question": "hvor-langt"}','2018-11-15 12:00:00.000000','2018-11-16 09:00:00.000000','2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(268,'902d8bad63504c6e9c893b1402e28784','landsbyen-2018','reminder',7,50,NULL,'U0BCC8AFEED','{"question": "hvor-langt"}','2018-11-15 12:00:00.000000','2018-11-16 09:00:00.000000','2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(269,'63fcc62cd17b4a6697ef40f5babd40d5','landsbyen-2018','reminder',7,51,NULL,'U090B89C49A','{"question": "hvor-langt"}','2018-11-15 12:00:00.000000','2018-11-16 09:00:00.000000','2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(270,'8f223d3e4dad45e7b137636ba6daa935','landsbyen-2018','reminder',7,52,NULL,'U0EDD275C03','{"question": "hvor-langt"}','2018-11-15 12:00:00.000000','2018-11-16 09:00:00.000000','2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(271,'c8bda8cf013e426ab561788ac34f7eb7','landsbyen-2018','reminder',7,53,NULL,'U0C1766826D','{"question": "hvor-langt"}','2018-11-15 12:00:00.000000','2018-11-16 09:00:00.000000','2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(272,'0ec9ba9cd67349dca88c82dd08e82ed9','landsbyen-2018','reminder',7,54,NULL,'U0BCAF47F75','{"question": "hvor-langt"}','2018-11-15 12:00:00.000000','2018-11-16 09:00:00.000000','2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(273,'8f57d6ab30534d3ab33b5436ae20bd4f','landsbyen-2018','reminder',7,55,NULL,'U002888E9F5','{"question": "hvor-langt"}','2018-11-15 12:00:00.000000','2018-11-16 09:00:00.000000','2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(274,'5ce0df66b23b457bb38c7328b8a76d77','landsbyen-2018','reminder',7,56,NULL,'U0FFAFDA46A','{"question": "hvor-langt"}','2018-11-15 12:00:00.000000','2018-11-16 09:00:00.000000','2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(275,'13b83351d7f14b26acf46452d29c0abb','landsbyen-2018','welcome',NULL,57,'welcome:57:1542283200','U05DF3799A2','{}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(276,'0e147a4cddce453983384825d0bdbcef','landsbyen-2018','welcome',NULL,58,'welcome:58:1542283200','U051E1207F6','{}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(277,'30c1e588462f49feb422c0f2f8651aa9','landsbyen-2018','quote_declined',6,47,NULL,'U027761442D','{"reason": "names_someone"}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(278,'d8e239a34f584dea8c485f9dca382334','landsbyen-2018','quote_declined',6,41,NULL,'U040B2BFF31','{"reason": "recognisable"}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(279,'f1835c983a664b00833dbe01049abd9a','landsbyen-2018','quote_declined',6,46,NULL,'U0C4E63F40D','{"reason": "hurtful"}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(280,'4168e768197248b08d356c51de10dbaf','landsbyen-2018','quote_declined',6,42,NULL,'U0FB39A6A65','{"reason": "unclear"}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(281,'c8bdc44973b248d2bfe31f1e302bf5a4','landsbyen-2018','digest_update',NULL,NULL,'digest:5:revision:2','C0DIGEST','{"digest": 5}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(282,'05ec9b87a7ed424e8f91822887389a59','landsbyen-2018','digest',NULL,NULL,'digest:4','C0DIGEST','{"digest": 4}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(283,'09a1dcc52c5e4e6d80602dc23b6508f1','landsbyen-2018','response_review',NULL,NULL,'response:3','C0ORGANISERS','{"response": 3}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(284,'087b7234796c4ab08d30fa191ce356a3','landsbyen-2018','response_review',NULL,NULL,'response:4','C0ORGANISERS','{"response": 4}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(285,'f3e9cb95c4594a5185e76b4f22681057','landsbyen-2018','response_review',NULL,NULL,'response:5','C0ORGANISERS','{"response": 5}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(286,'1c87818d203447e0afa00ae53c30da2e','landsbyen-2018','response_review',NULL,NULL,'response:6','C0ORGANISERS','{"response": 6}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(287,'b7c6451f7a2a4cb7806c057d69aad8bd','landsbyen-2018','notice',NULL,NULL,'proposed:5','C0ORGANISERS','{"say": "response.proposed", "values": {"snippet": "  - id: politisk-spoergsmaal-5\n    theme: retning\n    ask: {da: \"Hvad mener I med ro?\", en: \"Hvad mener I med ro?\"}\n    reserve: true"}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(288,'dddddddddddddddddddddddddddddddd','landsbyen-2018','digest',NULL,NULL,'digest:3','C0DIGEST','{"digest": 3}','2018-10-12 12:00:00.000000',NULL,'2018-10-12 12:19:00.000000','held',1,1,1,'unsure','2018-10-12 12:00:00.000000',NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(289,'696cd1d04ee744d19d1bc91dba5d2a95','landsbyen-2018','draft',NULL,NULL,'doubt:dddddddddddddddddddddddddddddddd:2018-10-12 12:00:00+00:00','C0ORGANISERS','{"digest": 3, "doubt": true}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(290,'af8712b605184c209c3b41f8d5754ed0','landsbyen-2018','answer',NULL,35,'answer:3:35','U0EDB041FF3','{"response": 3}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(291,'fcc9f2e87b5140518f064c81a1cae346','landsbyen-2018','answer',NULL,36,'answer:3:36','U0B54B2CAB7','{"response": 3}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(292,'e5a8920e782a44b3b55792499e2ef25d','landsbyen-2018','draft',NULL,NULL,'draft:4:2018-11-15T12:00:00+00:00','C0ORGANISERS','{"digest": 4}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(293,'88d0cc415645404f86113bf9022136ff','landsbyen-2018','notice',NULL,NULL,'alarm:late:dddddddddddddddddddddddddddddddd','C0ORGANISERS','{"say": "alarm.digest_late", "values": {"number": 3}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(294,'56212b170f4147c4b9d82e14caa1f36b','landsbyen-2018','notice',NULL,NULL,'alarm:held:dddddddddddddddddddddddddddddddd:2018-11-15','C0ORGANISERS','{"say": "alarm.digest_held", "values": {"number": 3, "reason": "Kanalen er arkiveret."}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(295,'b8af4538861c495cb5175a8884864352','landsbyen-2018','notice',NULL,NULL,'alarm:update:5:2018-11-15','C0ORGANISERS','{"say": "alarm.update_held", "values": {"number": 5, "reason": "Det kunne ikke lade sig g\u00f8re (unfit: chat.update: invalid_blocks)."}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(296,'e31cabf518d14f9db7d145a59ced7942','landsbyen-2018','notice',NULL,NULL,'alarm:unknown:3','C0ORGANISERS','{"say": "review.alarm.unknown", "values": {"number": 3, "week": 41}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(297,'a6bdee6588d04e2288c0b8204bd14192','landsbyen-2018','notice',NULL,NULL,'alarm:review:3:2018-11-15','C0ORGANISERS','{"say": "review.alarm", "values": {"number": 3, "week": 41}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(298,'43fe448781d04b1aa5d5f94781e2a116','landsbyen-2018','notice',NULL,NULL,'alarm:review:2:2018-11-15','C0ORGANISERS','{"say": "review.alarm.held", "values": {"number": 2, "week": 40}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(299,'e741bb71c4ac424785bc9d7751f80208','landsbyen-2018','notice',NULL,NULL,'missing:leader:0123456789abcdef','C0ORGANISERS','{"say": "people.missing", "values": {"n": 2, "source": "@S0LEADERS", "people": "en@example.org, to@example.org"}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(300,'79f2c8dd64cf4eefa22fb921cde4cde1','landsbyen-2018','notice',NULL,NULL,'overlaps:0123456789abcdef','C0ORGANISERS','{"say": "people.overlaps", "values": {"n": 1, "people": "U0LE01 (S0LEADERS, S0REPS)"}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(301,'7a27ce5a8ef44d15a0ba879a8682624f','landsbyen-2018','notice',NULL,NULL,'small:leader','C0ORGANISERS','{"say": "people.small.leader", "values": {"floor": 10}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(302,'911397370c4a4e4c8c54f6b54a200e3c','landsbyen-2018','notice',NULL,NULL,'small:employee_rep','C0ORGANISERS','{"say": "people.small.employee_rep", "values": {"floor": 10}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(303,'43bb1cef32214bbcb7738f4b9e206768','landsbyen-2018','notice',NULL,NULL,'small:all','C0ORGANISERS','{"say": "people.small.all", "values": {"floor": 10}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(304,'c6951b73b71243aebfce4ab2c2da171c','landsbyen-2018','notice',NULL,NULL,'singled_out:0123456789abcdef','C0ORGANISERS','{"say": "people.singled_out", "values": {"questions": "hvorhen, hvem-med", "fewest": 5}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(305,'a355111dd1f043ffa5d29f46096c8eab','landsbyen-2018','notice',NULL,NULL,'emptied:politician:2018-11-15','C0ORGANISERS','{"say": "people.emptied", "values": {"source": "S0POLIT"}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(306,'08da5dd00bce4b74af7fe89d25ae7251','landsbyen-2018','notice',NULL,NULL,'left_out:1:leader','C0ORGANISERS','{"say": "round.left_out.leader", "values": {"theme": "Retning", "floor": 10}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(307,'2dcbd19a21544bd494109f87a11eb0df','landsbyen-2018','notice',NULL,NULL,'left_out:2:employee_rep','C0ORGANISERS','{"say": "round.left_out.employee_rep", "values": {"theme": "Retning", "floor": 10}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(308,'af9e939b93594f43abfde701cd9fdf70','landsbyen-2018','notice',NULL,NULL,'left_out:3:leader','C0ORGANISERS','{"say": "round.joined.leader", "values": {"theme": "Retning", "floor": 10}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(309,'bc9f483fa44445f0bab7eb33ad6747ba','landsbyen-2018','notice',NULL,NULL,'left_out:4:employee_rep','C0ORGANISERS','{"say": "round.joined.employee_rep", "values": {"theme": "Retning", "floor": 10}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(310,'bb078441cd6a4403bfed42deadb5ac9e','landsbyen-2018','notice',NULL,NULL,'missed:before_load','C0ORGANISERS','{"say": "round.missed.before_load", "values": {"week": 36, "year": 2018, "floor": 10, "fewest": 5}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(311,'7f99f8388c9a48ab817b6a5b3e009f47','landsbyen-2018','notice',NULL,NULL,'missed:2018-W37:1','C0ORGANISERS','{"say": "round.missed.too_late", "values": {"week": 37, "year": 2018, "floor": 10, "fewest": 5}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(312,'e5b3f40f96954141a0d22ee98bab9ef5','landsbyen-2018','notice',NULL,NULL,'missed:2018-W38:1','C0ORGANISERS','{"say": "round.missed.audience", "values": {"week": 38, "year": 2018, "floor": 10, "fewest": 5}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(313,'5f5936d016eb4e58be23dffd59189b1e','landsbyen-2018','notice',NULL,NULL,'missed:2018-W42:1','C0ORGANISERS','{"say": "round.missed.singled_out", "values": {"week": 42, "year": 2018, "floor": 10, "fewest": 5}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(314,'e2ea5c436b3a43999844b4a09b6383e5','landsbyen-2018','notice',NULL,NULL,'undrafted:landsbyen-2017:2017-W40','C0ORGANISERS','{"say": "notice.undrafted", "values": {"week": 40, "year": 2017, "of": "landsbyen-2017"}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(315,'4c5420d546ef4d65b41e4f6e6a2ea08b','landsbyen-2018','notice',NULL,NULL,'unsaid:1','C0ORGANISERS','{"say": "round.unsaid.few", "values": {"number": 5, "theme": "Retning"}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(316,'8e9a282ff11d451faaefa51c2293bbf6','landsbyen-2018','notice',NULL,NULL,'people.unwelcomed.few:2018-W46','C0ORGANISERS','{"say": "people.unwelcomed.few", "values": {"number": 5}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(317,'7bbf6f2768a545c4bae1ae0007ac3dbf','landsbyen-2018','notice',NULL,NULL,'unsaid:2','C0ORGANISERS','{"say": "round.unsaid.many", "values": {"number": 5, "theme": "Retning"}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(318,'f255fa85f3d2459c84f79baa13032691','landsbyen-2018','notice',NULL,NULL,'people.unwelcomed.many:2018-W46','C0ORGANISERS','{"say": "people.unwelcomed.many", "values": {"number": 5}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(319,'7421fd635b24435ab9bf946ed3c45772','landsbyen-2018','notice',NULL,NULL,'alarm:edit:0123456789abcdef','C0ORGANISERS','{"say": "notice.edit_broken", "values": {"faults": "rounds: is missing (schedules/landsby.yaml:1:1)"}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(320,'5552aa69c34b43ea8c61185342c16809','landsbyen-2018','notice',NULL,NULL,'edit:0123456789abcdef','C0ORGANISERS','{"say": "notice.edit_loaded", "values": {"n": 2, "sent": 7}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(321,'a7a659a3bf574e2ca36ddb7c97754978','landsbyen-2018','notice',NULL,NULL,'unplaced:2018-11-20:1','C0ORGANISERS','{"say": "notice.unplaced", "values": {"n": 1, "questions": "hvem-hjalp", "until": "2018-11-20"}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(322,'65e874698fdf401881e279582df1e5cb','landsbyen-2018','notice',NULL,NULL,'alarm:step:tidy:2018-11-15','C0ORGANISERS','{"say": "notice.step_failed", "values": {"step": "tidy"}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(323,'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','landsbyen-2018','digest_update',NULL,NULL,'digest:1:revision:2','C0DIGEST','{"digest": 1}','2018-11-14 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','held',0,0,1,'unfit: chat.update: invalid_blocks','2018-11-14 12:00:00.000000',NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(324,'7d513c8153a64f9f8298c1ef09a48c6c','landsbyen-2018','notice',NULL,NULL,'alarm:review:6:2018-11-15','C0ORGANISERS','{"say": "review.alarm", "values": {"number": 6, "week": 45}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(325,'5c0e3b776f534b97a0846627f347993b','landsbyen-2018','notice',NULL,NULL,'unsaid:5','C0ORGANISERS','{"say": "round.unsaid.few", "values": {"number": 5, "theme": "Retning"}}','2018-11-15 12:00:00.000000',NULL,'2018-11-15 12:00:00.000000','pending',0,0,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE participations (
	round_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	CONSTRAINT pk_participations PRIMARY KEY (round_id, person_id), 
	CONSTRAINT fk_participations_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_participations_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id)
);
INSERT INTO "participations" VALUES(5,35);
INSERT INTO "participations" VALUES(5,36);
INSERT INTO "participations" VALUES(5,37);
INSERT INTO "participations" VALUES(5,38);
INSERT INTO "participations" VALUES(5,39);
INSERT INTO "participations" VALUES(5,41);
INSERT INTO "participations" VALUES(5,42);
INSERT INTO "participations" VALUES(5,43);
INSERT INTO "participations" VALUES(5,44);
INSERT INTO "participations" VALUES(5,45);
INSERT INTO "participations" VALUES(5,46);
INSERT INTO "participations" VALUES(5,47);
INSERT INTO "participations" VALUES(5,48);
INSERT INTO "participations" VALUES(5,49);
INSERT INTO "participations" VALUES(5,50);
INSERT INTO "participations" VALUES(5,51);
INSERT INTO "participations" VALUES(5,52);
INSERT INTO "participations" VALUES(5,53);
INSERT INTO "participations" VALUES(5,54);
INSERT INTO "participations" VALUES(5,55);
INSERT INTO "participations" VALUES(5,56);
INSERT INTO "participations" VALUES(6,35);
INSERT INTO "participations" VALUES(6,36);
INSERT INTO "participations" VALUES(6,37);
INSERT INTO "participations" VALUES(6,38);
INSERT INTO "participations" VALUES(6,39);
INSERT INTO "participations" VALUES(6,41);
INSERT INTO "participations" VALUES(6,42);
INSERT INTO "participations" VALUES(6,43);
INSERT INTO "participations" VALUES(6,44);
INSERT INTO "participations" VALUES(6,45);
INSERT INTO "participations" VALUES(6,46);
INSERT INTO "participations" VALUES(6,47);
INSERT INTO "participations" VALUES(6,48);
INSERT INTO "participations" VALUES(6,49);
INSERT INTO "participations" VALUES(6,50);
INSERT INTO "participations" VALUES(6,51);
INSERT INTO "participations" VALUES(6,52);
INSERT INTO "participations" VALUES(6,53);
INSERT INTO "participations" VALUES(6,54);
INSERT INTO "participations" VALUES(7,35);
INSERT INTO "participations" VALUES(7,36);
INSERT INTO "participations" VALUES(7,37);
INSERT INTO "participations" VALUES(7,42);
INSERT INTO "participations" VALUES(7,43);
INSERT INTO "participations" VALUES(7,44);
INSERT INTO "participations" VALUES(7,45);
INSERT INTO "participations" VALUES(7,46);
INSERT INTO "participations" VALUES(7,47);
INSERT INTO "participations" VALUES(7,48);
CREATE TABLE people (
	id INTEGER NOT NULL, 
	programme VARCHAR(100) NOT NULL, 
	address VARCHAR(255) NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	next_role VARCHAR(20), 
	role_from DATETIME, 
	state VARCHAR(20) NOT NULL, 
	left_by VARCHAR(20), 
	language VARCHAR(5) NOT NULL, 
	timezone VARCHAR(64) NOT NULL, 
	invited_at DATETIME NOT NULL, 
	welcomed_at DATETIME, 
	paused_until DATETIME, heard_until DATETIME, 
	CONSTRAINT pk_people PRIMARY KEY (id), 
	CONSTRAINT fk_people_programme_programmes FOREIGN KEY(programme) REFERENCES programmes (id), 
	CONSTRAINT uq_people_programme_address UNIQUE (programme, address)
);
INSERT INTO "people" VALUES(1,'landsbyen-2018','U0C68258D7A','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(2,'landsbyen-2018','U08A0E8F2B2','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(3,'landsbyen-2018','U0B58A9F87F','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(4,'landsbyen-2018','U04F567B63E','politician',NULL,NULL,'active',NULL,'en','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(5,'landsbyen-2018','U098054C0B7','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(6,'landsbyen-2018','U05DC7DCCE1','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(7,'landsbyen-2018','U0CC9F5732D','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(8,'landsbyen-2018','U0015A66184','politician',NULL,NULL,'active',NULL,'da','Atlantic/Faroe','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(9,'landsbyen-2018','U07B230094E','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(10,'landsbyen-2018','U0EED44BCD7','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(11,'landsbyen-2018','U0FA5E98328','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(12,'landsbyen-2018','U0F3E829F79','politician',NULL,NULL,'active',NULL,'en','Europe/London','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(13,'landsbyen-2018','U0922F35E21','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(14,'landsbyen-2018','U01B553BC75','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(15,'landsbyen-2018','U0253B35069','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(16,'landsbyen-2018','U0E1EE66B9B','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(17,'landsbyen-2018','U0B2ACE444A','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(18,'landsbyen-2018','U0851F39AF8','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(19,'landsbyen-2018','U0B52DF11F2','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(20,'landsbyen-2018','U0EFD8FACB6','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(21,'landsbyen-2018','U092C96F5F0','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(22,'landsbyen-2018','U05820823C0','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(23,'landsbyen-2018','U06BB0CAC7C','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(24,'landsbyen-2018','U07D7EA4841','politician',NULL,NULL,'active',NULL,'en','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(25,'landsbyen-2018','U0F49CDD18E','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(26,'landsbyen-2018','U0303E7FC58','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(27,'landsbyen-2018','U03D78D16DA','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(28,'landsbyen-2018','U08D5864649','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(29,'landsbyen-2018','U0EB28FB860','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(30,'landsbyen-2018','U0F193787D7','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(31,'landsbyen-2018','U0E7CDD284C','politician',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(32,'landsbyen-2018','U05BE077E17','organiser',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(33,'landsbyen-2018','U0B469DABEF','organiser',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(34,'landsbyen-2018','U0CE4A82540','organiser',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(35,'landsbyen-2018','U0EDB041FF3','leader',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:00.240000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(36,'landsbyen-2018','U0B54B2CAB7','leader',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:00.240000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(37,'landsbyen-2018','U069509C1EF','leader',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:00.240000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(38,'landsbyen-2018','U0F714ABB23','leader',NULL,NULL,'paused',NULL,'en','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:00.240000','2018-11-30 23:00:00.000000','2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(39,'landsbyen-2018','U054F4E31AD','leader',NULL,NULL,'left','self','da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:00.240000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(41,'landsbyen-2018','U040B2BFF31','leader',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:00.240000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(42,'landsbyen-2018','U0FB39A6A65','leader',NULL,NULL,'active',NULL,'da','Atlantic/Faroe','2018-09-17 06:00:00.000000','2018-09-24 08:30:00.000000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(43,'landsbyen-2018','U04738B2CDC','leader',NULL,NULL,'left','list','da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:00.240000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(44,'landsbyen-2018','U0DC81B9C05','leader','employee_rep','2018-11-18 23:00:00.000000','active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:00.240000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(45,'landsbyen-2018','U09061DC1A0','leader',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:00.240000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(46,'landsbyen-2018','U0C4E63F40D','leader',NULL,NULL,'active',NULL,'en','Europe/London','2018-09-17 06:00:00.000000','2018-09-24 08:30:00.000000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(47,'landsbyen-2018','U027761442D','leader',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:01.320000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(48,'landsbyen-2018','U003FD83DD5','leader',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:01.320000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(49,'landsbyen-2018','U027AA98EB9','employee_rep',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:01.320000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(50,'landsbyen-2018','U0BCC8AFEED','employee_rep',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:01.320000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(51,'landsbyen-2018','U090B89C49A','employee_rep',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:01.320000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(52,'landsbyen-2018','U0EDD275C03','employee_rep',NULL,NULL,'active',NULL,'en','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:01.320000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(53,'landsbyen-2018','U0C1766826D','employee_rep',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:01.320000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(54,'landsbyen-2018','U0BCAF47F75','employee_rep',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:01.320000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(55,'landsbyen-2018','U002888E9F5','employee_rep',NULL,NULL,'active',NULL,'da','Europe/Copenhagen','2018-09-17 06:00:00.000000','2018-09-24 07:30:01.320000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(56,'landsbyen-2018','U0FFAFDA46A','employee_rep',NULL,NULL,'active',NULL,'da','Atlantic/Faroe','2018-09-17 06:00:00.000000','2018-09-24 08:30:00.000000',NULL,'2018-10-23 07:30:00.000000');
INSERT INTO "people" VALUES(57,'landsbyen-2018','U05DF3799A2','employee_rep',NULL,NULL,'invited',NULL,'da','Europe/Copenhagen','2018-11-15 12:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people" VALUES(58,'landsbyen-2018','U051E1207F6','employee_rep',NULL,NULL,'invited',NULL,'da','Europe/Copenhagen','2018-11-15 12:00:00.000000',NULL,NULL,NULL);
CREATE TABLE programmes (
	id VARCHAR(100) NOT NULL, 
	loaded_at DATETIME NOT NULL, 
	checksum VARCHAR(64) NOT NULL, 
	synchronised_at DATETIME, 
	CONSTRAINT pk_programmes PRIMARY KEY (id)
);
INSERT INTO "programmes" VALUES('landsbyen-2018','2018-09-17 06:00:00.000000','4e89bda27ee2b90edc7a03c7a9c75de15af092cbb321659b51fd75c4f6d1d3ab','2018-11-15 12:00:00.000000');
CREATE TABLE quotes (
	id VARCHAR(32) NOT NULL, 
	digest_id INTEGER NOT NULL, 
	theme VARCHAR(100) NOT NULL, 
	reply_id VARCHAR(32), 
	fingerprint VARCHAR(64) NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	reason VARCHAR(20), 
	place INTEGER, 
	words BLOB, 
	sealed_with VARCHAR(32), 
	checksum VARCHAR(64), 
	CONSTRAINT pk_quotes PRIMARY KEY (id), 
	CONSTRAINT fk_quotes_digest_id_digests FOREIGN KEY(digest_id) REFERENCES digests (id), 
	CONSTRAINT fk_quotes_reply_id_replies FOREIGN KEY(reply_id) REFERENCES replies (id) ON DELETE CASCADE, 
	CONSTRAINT uq_quotes_reply_id UNIQUE (reply_id)
)
 WITHOUT ROWID

;
INSERT INTO "quotes" VALUES('21a1bd1b29b64047a3833b3c522b57ea',6,'sammenhold','8d1beb7577c94a99b7d7a6c1cc75a290','704366f2ce92a8673e3fd96d303edb4ff23c5645cd4616c7cf3be13fed5bb3f2','waiting',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES('2864a5f2a3b24587a0887c1bd2fccd5c',1,'retning',NULL,'b1c348d9f734c04baf71de40f2559d16e83dd6fb74b321d85bb3972c534f0b22','approved',NULL,0,X'67414141414141414141414162756C465A6C4A6B656B522D477735594741594F50506F734D5745586D67655937335345647758434C5541614A4D383355697056416A4C5468425A57636A68303277374851392D685979366C357A6B515A64676C5F564A7679375A48486445666B676538514749644C4B58634F59644F587A58624F39764562726237524B70667456705A47354C52716A4B317268564C553947634B673D3D','d49aed62c4a2','6dffdfbc0d83a0049a8c402a3a4236be0ad0240a9ad76bb054ff8059bfc1b4eb');
INSERT INTO "quotes" VALUES('40244258f8b845dfa5c9788e37df7bbc',1,'retning',NULL,'94d2c3663fcd40dd398f1ec366bbf445d38ac2ff4229e1a884d26db53c594392','approved',NULL,2,X'67414141414141414141414172774732534977456978326C456C6773416866645F627A377675347448776D784B2D6B797378704B5A75776462705A5046314C556B746A4F57744C564A616C416677306E6A535670737A6E696F633976506F6D4D79534B6176464455796E3957315A4630614565317263436473384D4253416B7576324669354C5A3769645A456F48526A36363663387044464350445068494F552D513D3D','d49aed62c4a2','0af65ee93a09acbfaedd090fbb0f7585b43f5c107ca2f25894280c541469dbd0');
INSERT INTO "quotes" VALUES('439fc8553b6242bc9b1ca63b2db4816a',1,'retning',NULL,'81cd79df30ea48a4ac56bbc4a936e5b542a71b4d295fee418cfffc9968b3af08','approved',NULL,1,X'67414141414141414141414159387655576A5A46304556456E327465355F6A706D577A736D7A4679666D6D6976314C4B496971474A48655F336D51636A4F756D4E7A5F4A4655577465577157554D794A4376354D55687457315A4B4C31767A703839685046437775794B5630324554666E4B66396E49387943544F414B6D375F55504F6B742D486C794244422D534157734F7276767A445A6463534C6A33684378413D3D','d49aed62c4a2','79caa81f7b5856c5c3e513762c42287d0b36f8cd2835a71fb7e50b7846b3c93f');
INSERT INTO "quotes" VALUES('467a5097daf64168b9f33ed1b6806f19',5,'retning','0fe4c7a74b314c0e85de662390f6e0e6','81cd79df30ea48a4ac56bbc4a936e5b542a71b4d295fee418cfffc9968b3af08','approved',NULL,0,X'674141414141414141414141314248737937394A705351774D694565636A657271627032304C6357644551385A6A767A55796F46394550726C7836582D384731506D33436E7361332D6E367072737A4E2D416E456B556C6F506D6770764C4F376E585A65316172594469485A7652714761774C326D6B3463435263623441346934536C59414132676B5A365A7073775648336F5A7258686868395846752D487470513D3D','d49aed62c4a2','79caa81f7b5856c5c3e513762c42287d0b36f8cd2835a71fb7e50b7846b3c93f');
INSERT INTO "quotes" VALUES('5be914f9f3db47f3afcf0c89c6d85c68',6,'sammenhold','165477fb9ac34c1a82690385e3e0f08f','81cd79df30ea48a4ac56bbc4a936e5b542a71b4d295fee418cfffc9968b3af08','approved',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES('6a6c7fcb95684200abde0494c14c8f89',6,'sammenhold','9234732d11f849dba4f4d012494579d0','73d62a3e7f1368cb9e59fa77dd4f8b4559ad32b908ec1f87fe65eb24cb80a371','declined','names_someone',NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES('7e7ecef3ff284b9b95467811ecf397fb',6,'sammenhold','3879dd3b0d30478995d552d1d4904b26','e532b244cc4b355615e5cb4e60352784530c937caf324150676a0862cafe7c05','declined','recognisable',NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES('9de086d02df94ff8a6f7966c2ebda502',6,'sammenhold','bb5ebbbf3855483aa51a30998a59da77','9b1f7c64b7a2958d4b3720dd058a827f9eeecdddbd6f1a9c52a6d467024795b7','waiting',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES('a86855a4626e4776ad184eca2cb82b7d',6,'sammenhold','2d6aa891f4b24d7a9ac4838505f9aeb6','6d45f245fb7aed788939b53dfce5c0e91d8f861a976119e26a1578f1bfb93ee5','declined','hurtful',NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES('c08a89fb44524cf3a0ab508f1a89b8fa',6,'sammenhold','bb806b963c5a4bb29c24dfd05ae10e9d','a50988d25c83286c8002d812becf8507f6dcb3261d115c8f8afe882a49bd2ff5','declined','unclear',NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES('c7834276c79146548d90f71ec5ced809',6,'sammenhold','06a1924564054ffdbfe261e4f2d7d3f0','260ae995af1f8ef9f66212c9fff3306912faaf8e851fa7baf73104874df9a71b','waiting',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES('d0fb7ee217154467aeb6427147c599be',6,'sammenhold','3c7dd25d13de4fa9aad0a522ff3a94f7','94d2c3663fcd40dd398f1ec366bbf445d38ac2ff4229e1a884d26db53c594392','waiting',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES('d382762492f34dcea2d4fd86d8332c3d',6,'sammenhold','a28bcd916224411590abcd55e222e36a','b1c348d9f734c04baf71de40f2559d16e83dd6fb74b321d85bb3972c534f0b22','waiting',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES('e5a5538e6de643089fa4f66fa179b5cd',6,'sammenhold','564fab8252a74afcb9ba5f02a7888d0f','3b4cbba8d4cd1c8c05b5499343275aa8eaa9b974710054663ae4b013e826dd33','waiting',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES('f9474957b54c46aaada4e560840f7648',6,'sammenhold','33b8d8ff1d914e8fb7cc7cad9869b2fa','efe3192bc3323264d6bf4e22e29f8e647596c7a8a18b98d526f09657c7d6d7e2','waiting',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES('fe5392835f3a4764832e95e5fec2ffe1',6,'sammenhold','d1028d41ce1b41aea627aa981db8722f','fef3291c2dacad789d8c2bf31f79fd5371490340b1c70965094874ef35ab60b4','waiting',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES('fee7e98c0eb8457482f8deb87b03e29a',5,'retning','c1bdf84349bd444fbb5871a6c225e0a1','fef3291c2dacad789d8c2bf31f79fd5371490340b1c70965094874ef35ab60b4','approved',NULL,2,X'674141414141414141414141677658684744525834774F6968323254595479485068654F504D45764E47705861345758714167375773636A35716A754776427273766D3347754A4770417663635F464853357252557431356D7334565F2D43325643312D334743384C6A715559654A6548514870476761506E4E68564A414C45563564505A685678513139486C365574355631626C375171784734535755436534673D3D','d49aed62c4a2','eb50c144bc4d02f4374c66907b88943f34062a68d68fd8a3948d3f672669f457');
CREATE TABLE replies (
	id VARCHAR(32) NOT NULL, 
	round_id INTEGER NOT NULL, 
	question VARCHAR(100) NOT NULL, 
	words BLOB NOT NULL, 
	sealed_with VARCHAR(32), 
	wish BOOLEAN NOT NULL, 
	quote BOOLEAN NOT NULL, cleared VARCHAR(64), 
	CONSTRAINT pk_replies PRIMARY KEY (id), 
	CONSTRAINT fk_replies_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id)
)
 WITHOUT ROWID

;
INSERT INTO "replies" VALUES('02a796bb2f96403ba15c40675be52619',3,'hvornaar',X'674141414141414141414141377145666C712D66365959705237346C6D734B4D33726B71694233347663795F4C6C472D6D6F3534766A78664D5A5F6252587954696B726262713971424F63734B7677504C67636F656839527931384548796D525F4D574B36626E4E675437776F707263595056486F2D76573664706C4C734E5F39366E4F453842713768344C','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('03961c43df7843b39237fb3dfe2b1a18',5,'hvordan',X'6741414141414141414141414172767259466C3978696C74545F2D4C324462535370794B79626E47475270505A6747593064736F4B344F616647377530626A2D545146664451545033706977427550333230696932544E6C414352566649685852563854553245677158663741645955556377336547635051524E796C6F414A5067614A374C5532774A4B51','d49aed62c4a2',1,1,'3b4cbba8d4cd1c8c05b5499343275aa8eaa9b974710054663ae4b013e826dd33');
INSERT INTO "replies" VALUES('06a1924564054ffdbfe261e4f2d7d3f0',6,'hvorfor',X'6741414141414141414141414D6A67344C74674B4C4E63376D58644B4B384A7A3276755030762D766542762D446E705147486F355A6A5F792D6D4E7A4E73417643342D34742D6E707252427271393751325871746A6A627631675956715A355A32702D7631356D6471346A7A78566D76637879777768706B5A43465949446C6F774248657A4635773543514152556D42394D52586277616554542D39554F547670773D3D','d49aed62c4a2',1,1,'260ae995af1f8ef9f66212c9fff3306912faaf8e851fa7baf73104874df9a71b');
INSERT INTO "replies" VALUES('07aed41758f940f6b9d7b1c6dbe0bd13',3,'hvornaar',X'67414141414141414141414149505144346D674561585747637130717747415F5F774B32316B57307442494D6667536A635571396B56674F59555A556D64534C4476766D37452D42664C35416D506E624C506A4A65326852416D5754416C4F306164475953347453626A6F6C456E6330717A79546E4F776A794244363779317642683566757161753838526A554E76595673324D5755302D3175664F7A69336853513D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('07dc6e22224a40cfb7bfdf29c9db8fd1',5,'hvordan',X'6741414141414141414141414D6D4C3070593974674C3872325845644F566B30727070506670414D456C45797571722D76422D67696E3662364B454E4B4C476D6963427158474F4957714179375F764A444448464E5A41515038573476344C5A437847634F666B6544734F6864436F536B565172436771697431505546682D68596A497152526334785165514E6A346868796365666C6E72537664396F3957537A773D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('07f1adb44fc34b3da634e08f237b73f9',3,'hvornaar',X'674141414141414141414141564E2D384B51784A32715A52765032346C5959626934614A56333259576A48304D7256626A74475342657747786C7050766A58414130686C4374304848394E41776B776434676C7948383441386C3369452D56644F797348744374434D4C47693543696F6E7941527776717861686E3339595A7856646A5635627550446F5A39','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('096f4c83e9ac42278b4fce192bbd65f0',7,'hvor-langt',X'6741414141414141414141417955784C626A37576E446A4361306B5338747A6344544A2D3545414B4F63504D6A387477327550512D594E6E614A6931326D4631656438684F70306664455F454346716C77455843612D61543667477145324A636C467A44546C356578414271324475626E67435A7669784A6B724F466734416233426C59596242727A52545777676C5F486866736C7850486256734F572D73594A673D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('0ea4ced748a442fa976fbbfc1209ce99',6,'hvorfor',X'674141414141414141414141586E4C633057316930656A63346B5A6A716F78525F6D3238725A31484859355061614A2D70417339333757474A68507A756D6A52395072784E4273373354425A2D38736F583265377354363051787A3231724250425141355459443743446C55467A6A45636D56777459483971545633774358793846744F6F4D66746A6B6348426B524B6E524878575675366E5758355850337575773D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('0fbca1b6031e4296b0fc71abef75773e',6,'hvorfor',X'674141414141414141414141626F2D47527678573478752D3244694E6843506C6D724E6F74725161746D6A63684A4A302D616461425A47485569507A465462744439514363576546556E35466E466B31664864584E45526F70544D763076684A4C6C6738436A3634587A4846485F7A6E516E67667A455545514E5A74695273447058654D506F684D596969537153673149637A4A55747465614D4B5447476F4243773D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('0fe4c7a74b314c0e85de662390f6e0e6',5,'hvordan',X'6741414141414141414141417045484A51616D6E78307A6D59713849395F6848616F466863726562304A723833634530654E53313776586654594D756F59534965496130305252646E664C4450524C4B764550596E764A4959313959536973425544385F553961734D334B456B354D6955544574566C454868695579504C454C414D4F67654F346E6F65787A647357444C5F775A554A4F785173556D7359643144773D3D','d49aed62c4a2',1,1,'81cd79df30ea48a4ac56bbc4a936e5b542a71b4d295fee418cfffc9968b3af08');
INSERT INTO "replies" VALUES('12fe83fa106644dabe8ce63a5d0d390b',3,'hvornaar',X'6741414141414141414141415877543950626C595838776F4871375059573351546E49474147744E377A534A2D6D78615F576277484D44554B73394F2D2D7A347939504D502D39436E59454B72544D78633633773571644F46515954306451583542636B6A322D6546426C4B3759716B507747795171726B32425376776B2D546F375657355A4F4870796837634D335F736C4133364942623833443950614E5054673D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('14f0e64cd14d4c868245b514fde3aada',7,'hvor-langt',X'6741414141414141414141414276324353724D4C524D4B63305F6179303361434E5F5F4A3541686C6A316B45454C5A44626D3530366C335A51655361615F6A4751304E684964422D745F4E724B3937444A73445633354D78736D5A62364446536B6B68654F4435777537325F75784E7666467A37682D5F6650567553764C7533375571503670335634393275683271766E6B696C7A6C4257414156725837626655773D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('165477fb9ac34c1a82690385e3e0f08f',6,'hvorfor',X'6741414141414141414141416C59746B6B6D65675845537569454A593570715F7A79456E7A41665A58725A596E39596C3330436962344A33364B6F4A396E536D75724D4F776C5643416968684D74794E66633147674E6C69767075496A496B61317A364C464147565630464D595777534F4759665850574F6746754D4C306D506B7756536154514A676A42746A576135495F47585474436973437071624632596C673D3D','d49aed62c4a2',1,1,'81cd79df30ea48a4ac56bbc4a936e5b542a71b4d295fee418cfffc9968b3af08');
INSERT INTO "replies" VALUES('1a27bc7e50b34509944ed916f8d82f16',5,'hvordan',X'674141414141414141414141754D4D6351616572364E61496730373237686B693265485237554C59616D37714667464734486942744B4D49585F6B6F75654569542D417A47445A3472532D672D7945614733775F726B36696B67536C35725366316D6538622D6E563479544833634F556B7A42614B76356772434F6A647A63465974465867385848685462446C326E37644433557759483045486D2D6363435734513D3D','d49aed62c4a2',1,1,'efe3192bc3323264d6bf4e22e29f8e647596c7a8a18b98d526f09657c7d6d7e2');
INSERT INTO "replies" VALUES('220bf666c9f44584ab72bd768a1289e8',3,'hvornaar',X'67414141414141414141414131385F4B766A31695945614F5F665966745674613749354C564572363672653372696D33713645316569315A5A346F62794844594F5856764848756E566951353958796C495F496C416135385A654C564F364B33666D6B4E47736C7342386971765467455778584F505A576B37354230503361554C3538346254364F52676955734657386C6C6A4264576261462D4258545A614377513D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('2892b20ca8e0473b9a0fac099bd5580f',4,'hvad-nu',X'67414141414141414141414167597649464B533077766A696B3953382D3775547279556E645A7A4454715058436A5233764977726B4B455F366D4732736277376735714C786D32536A516759573959534F41327658377041425148444757774A696B785A5A4D72734935563241304E64384B6248674A7870686B4D6D2D6D6D326747414F776B6B43384D5947','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('296b95d8045b46bcac8d29dec74b5c1e',5,'hvordan',X'6741414141414141414141414D3664334C5438356B4455325A746D775243316470464D5871512D59644C326444744D74465078564E4673395433655F345A303172457A776F2D6732736C5F5563444551715A5159535F75352D4E4C565942556266484672586C3965336D5F7A6D686757462D3476764D624838726D62345A49795A6F5F457033496F4E71626E4678673352356967506F385359373173654B4E4B6C773D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('2a81925f830440d1acf4ef94c5a89e8e',5,'hvordan',X'674141414141414141414141397469386B4E4244742D76752D38665178596732436E6E676449737A4838377962557564754B563262523469346E4B564A4473574E733852356C77413955497372593249644C414856766D7861525453507834573243314C7152304E6D67362D544D4F655658575663736769664E354B4972414234644C75524A4C4D5F547355434A4F3472744130336D773544516A463572554A66673D3D','d49aed62c4a2',1,1,'9b1f7c64b7a2958d4b3720dd058a827f9eeecdddbd6f1a9c52a6d467024795b7');
INSERT INTO "replies" VALUES('2ccf9937171847f38f6f4a94d748dd42',3,'hvornaar',X'6741414141414141414141415952495459724F65546A534B6C73675644454472666B67397759726C5236587A516D35535F444251763138324545573034336F4F4433785072334157395F794B42547449337A624D524D74346548513034586C7661313258496332477974664475467A5937704C686A34664E365244744754584431525F4F6C535A573265383239776870635136684A3252527769344B2D6B753037513D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('2d469e904e4141128722d868315dd416',7,'hvor-langt',X'67414141414141414141414144666945394C4567486F2D48624853745A667437524E337A754B53344B306F7068734634704A56342D775A78467163512D4358423837364C7A5F2D394E5A6871757347674C3770536B77436E376A67784E434A4F30514663427376317A3361743756414C6E57586D3437684D37716577416761797375577567344F3333345738','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('2d6aa891f4b24d7a9ac4838505f9aeb6',6,'hvorfor',X'6741414141414141414141415F4D66466B6F79364A2D624E2D4E7270387637614C6E346C4365513350537673774D4A72426437376E554D4563443054624C543441445663694F65704D54684A6D6A4C6574524A6C5766586A7A417558746C4245304C6D5F59514F5074434E34355F7130766665545474766A574572396F5A4571696A61483035516F5337617A','d49aed62c4a2',1,1,'6d45f245fb7aed788939b53dfce5c0e91d8f861a976119e26a1578f1bfb93ee5');
INSERT INTO "replies" VALUES('2dda5c89760344e9b1f46171d5013b10',6,'hvorfor',X'67414141414141414141414135696A796C414B38584D6F547A333872694458686F725A7A5549476E6D353431677855543832314D2D57385076433675436B6C527A3932673469516C755F7256337763686F7341524A5734526F4A65476A45614842456E46614A614D3247417078537050364D3655727659376956657A44526231547041363742746A46473853','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('33b8d8ff1d914e8fb7cc7cad9869b2fa',6,'hvorfor',X'6741414141414141414141415F596E47615255346B334831463358514C4F3377694A333867714D7179416472546353707767306376576435582D7972527258587348583966473649695F766862546456563446707A4761474B63386D543556417755796552705637717839764367524646446365796F7051325F507630767A785A4177466A335457325331505F3045463864326231517835383349763971536166673D3D','d49aed62c4a2',1,1,'efe3192bc3323264d6bf4e22e29f8e647596c7a8a18b98d526f09657c7d6d7e2');
INSERT INTO "replies" VALUES('342d8486fa494ffb8131267f4a65d9e4',5,'hvordan',X'674141414141414141414141745A586557364A565F69374A76764151474F422D58377A354138426554714D787A61664255655F62344A617379417A2D326E6B2D6F72314A52386644565575547852667931506B64396C736B613844784F4C34386B444161436D6A6F496A4F6C526E625256394B456D475279725A374D5A43332D5350707A2D31363243763764674C386A36496D7236535673484D52646547725969773D3D','d49aed62c4a2',1,0,NULL);
INSERT INTO "replies" VALUES('3879dd3b0d30478995d552d1d4904b26',6,'hvorfor',X'6741414141414141414141416A496E31685F3339674C734D744344533775695F6D4A73696373444C586B4C6C306464566C6F54344E68554735365A6A465634527A68747064587932656B62393067373146534A3370464E693759694A4E505A676F694166636666313534586D7568797A4A4C394A436635464E476577534F445439355A7941546A6E616E7874','d49aed62c4a2',1,1,'e532b244cc4b355615e5cb4e60352784530c937caf324150676a0862cafe7c05');
INSERT INTO "replies" VALUES('3b744dc82df447e280600f24dcf0ad20',4,'hvad-nu',X'6741414141414141414141414D55766E7330422D466A3659496A4947447536444E77615873644951715A464B4A303276527A6F4D50456839642D3555776D5445664A334A53665A6D50513236595468566D443950546A4A6B454B693475453556416A536D7744382D6D70467A746456494D2D4A523970464D76336F7A694870373362357343504C6C6331333078766F7A4A363038395242786D4439307A384D715F413D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('3b94f2e5ceb64793be222d257fb1be01',3,'hvornaar',X'6741414141414141414141416E7555525179486E4F72756C546E664E7369614D52786B51556842386F724A5A3347463531465676724B4A6861735A30797A6B43433378504C4B37625F6A654B7A564535366F747731564B537A595A355977466B70714F417064354933687266426B777A463565456878424C4151734F39774B44496C6E473873656370763272','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('3bf1909b7f39439d8b72a1c1ecfabb04',4,'hvad-nu',X'6741414141414141414141414C6E59582D7839654C776F4C4C534D666761354B7853657A47444D58476C6A3269565339314173307273374877525343527772597437735632636B596A437A32494E5164636850665F4F5F6C37445F4E586548647A4159713130357A75543348624C66505935484D452D72396C65455055374A5A514C4E7177552D336C546738','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('3c7dd25d13de4fa9aad0a522ff3a94f7',6,'hvorfor',X'6741414141414141414141416E7479707A78664B6C5972343079793365497559384C6C525A6A634D4F3335667442422D2D33495464307A624E47435F3164306947775562747069617257685748337944554F5573307A6958444636535261424E78567A45305163436E4E71464D48723648524245496A555364596335744F63636F3538757A5677354A6256693737672D5170637847647A74726C6D326D58654656673D3D','d49aed62c4a2',1,1,'94d2c3663fcd40dd398f1ec366bbf445d38ac2ff4229e1a884d26db53c594392');
INSERT INTO "replies" VALUES('4973e23a5e6147848a67361f1d474572',4,'hvad-nu',X'6741414141414141414141414F684E6C4E2D71414B763854776F4967546A726233356631636A3248733035777250694C55576C743845776A7131346D69523953347344435A6D4539527669582D447371384846724C70566F38374253766F456D3564767269523662486D32596B5277454870664F4C50396131497061494E75326F674F62333638366B73674E5F4A446E4A7072754F61306A503448566C64737254673D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('49beaf18368640769e136746c0e0fd9b',4,'hvad-nu',X'674141414141414141414141655F595031724731356A49742D776E773134664854364E4267366D4C7A4B4B434B75553144556934506D534B7275673773556B49454A47743263736B3954535964713245704F63334576584F5559626E5A55527A4A6D796C44556657564465426447617551706E68645A4962782D4564543456615A666B63344C332D4755465670745455377439704863745A5F37546D736344334F673D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('4a797295ef06477db1fdce865fab6943',4,'hvad-nu',X'674141414141414141414141723432376D6B6365504F544470474455446A4245416A786C44706B712D6F69716B48354E426B41574F6A5A475A3657484B776572504E36514D2D4C6B7441376F5A67496C4473776F6F4D32785F595F596B567069374470577359736B5141704675455869525930767344635534536A6D4A5746306E6E4570387A32545041462D4277776C727267714465644975656E4E76305F6F55513D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('4aea9d9e5fdf4b58bf43d6156e673f4a',3,'hvornaar',X'6741414141414141414141414543536E6A4C5A46437136543534547265434A5A4E42507A73506735383645794C4C4D5A39426C735A6C2D4E4932396C536343726E5775445350353670344369485A5661354A44434D59514A6C6671344E71764E503375675234614A7539494730394B547A6C4B4D38485A624B6E34696F6D616D6E5F6C696C49733632673435','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('4bd57fef51ca4a1ebd03e7454ff8de53',3,'hvornaar',X'67414141414141414141414134484B7A684D41474A45566C55384A77736D424C62375565544F426570613877745F523550376F4C6B4C7856614E59583367394E594B376E63556B52667270554D3471796A754D7945545243764853684C735F4D364B564869445566647246577735352D58654A4D4F38676477534A5833675346534A6F7A716C7171697671595341742D315552326858616F706C4A5F674350696E673D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('4c16637400384db0af5de05be57b2233',4,'hvad-nu',X'67414141414141414141414144626E3079766F4E6F38687461653637656C3430455A4A6159656C672D6D6E486A494247503657785F544950314F69626D5248734F7464316274305A69302D6A516463766F6C6B6F753532564E626E5F2D3574345441735769412D7A7157496458593967374134663062474F4878316E50384D6F74754150344C36586D7A766447495A4D716344726A454747595733567665734F71673D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('4d0fa0f34fd84613a8fbdf6d22aab9b9',5,'hvordan',X'674141414141414141414141674C634C4D683955356336655361715254516E7A6C587271504E4D7764476A41393342622D4D6E7A6B38656C716D506B6E48676475567264354755564546644B2D534A4D3056466D365F5F7A445F556B42576658644D71516D48337250495373717934552D584242666B77486E537A4D786C6F6562726B3335494D647946446E','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('50f18b1588af468b8a090285326bcc2c',6,'hvorfor',X'67414141414141414141414166735931565F6B487773587A74464570367254506754754C6A475F5A444B6949506B794968682D6D69455A5A68306D6E4B64766D4B573335695732444872494E6C34417A59694556334C6E32582D726E3231347568356B3235613472384879314457794D6165465939364B485630427463304130544F395A684A526E6C797478316F36534A67414E4F345F4866636C45717957566E773D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('52ac03ff1fa84c5d9cf030604ed6bd98',7,'hvor-langt',X'6741414141414141414141415A30777654656C495F6A646E58754B6279354B41374472786F476F546C727339326D4378773537414473373855396357704166774D594D636C6963307172576D6656584A3369496435307230355F527355365457335F54325139334E48514F4E344D4D7435435674795254465F3764524F7469793762786867314C74714B334F666B514D4334754B526C7A6C5A6B455A6F33303542773D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('564fab8252a74afcb9ba5f02a7888d0f',6,'hvorfor',X'674141414141414141414141302D523143394855595344735F47715A797036624F6D4A765A4A4D4174307359545445454B6A4F766C52506671537538704B6B3030547059395543495A5565642D654E5F706E64766358716F6D5A6C44746A62317A434137394866634B31376B6E6F696B6B556B762D685F743151396C6B5A724D626E6E45642D685A58794D61','d49aed62c4a2',1,1,'3b4cbba8d4cd1c8c05b5499343275aa8eaa9b974710054663ae4b013e826dd33');
INSERT INTO "replies" VALUES('56741aa6a5f6484caf7e14de0b4855a8',3,'hvornaar',X'6741414141414141414141414B56455533396E50624A49483535514A5661716E5274506B724A5F426A3158666643583648435638596E42736E52742D71553267327254654E7069486F767A37574D5476737230783436303079657870417673355943694554304B77646D546C49372D6F78446E7541384C66566F564C645434706B415377344C3050736A594C','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('58ad2422362c4943b7aacf82b5515e0c',4,'hvad-nu',X'67414141414141414141414148654D4B7069754D3470303573314D6344414258374F3434764572764E4F486D396C4849595A65364A65665A463243526A3248506A594A6F714A715744596B766A6559316B325A497A434B4E70464F4872666E683038316436596564476B6F523242484A5A70666E356E75586B324C59326279584262377175486F6B67536B4E','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('5df96c49b9af467382fa02ab38b5e059',5,'hvordan',X'6741414141414141414141416D556D5034436C6165544C39746A425A4B44505136734258614E345A5338567071356C6D624255336B58466E6B65466F3170372D695045666F796B4561416F7442696637544A75514B375663707A593756464475576657324D46654E77512D4A776C315356677831336D5442586378727258417276493453535132386F6F5056','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('640bc14a07e647f7af0d29fc0cbf8fd6',3,'hvornaar',X'674141414141414141414141622D495879532D376F4B674B686448525066376439415834696B3155336A536F347269745256435730397931612D454264426A424A616439576C6258664B75663356546F754F335761396C30436E484F66396578494673416C4F52756F4F6357474465334D687558723270504966575A3037647350646A77364A783350755636635F75666E423743717963597245334A6630416E71673D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('668ed746ed144d7b9f4ae5fc249ae991',5,'hvordan',X'6741414141414141414141415336786B5848756533636856326F2D484749754241335F4A687A6B35446748364D50625650396B535142357A424B736C4C365F496E476643486E4370424C3752715377366C7661552D375465514D744158736834433134533672314C684565754932755A575053346A467675467239494A416B53723133466554385A4E5168394D36444942756D432D394E4537337878367A722D53413D3D','d49aed62c4a2',1,1,'b1c348d9f734c04baf71de40f2559d16e83dd6fb74b321d85bb3972c534f0b22');
INSERT INTO "replies" VALUES('66c958cee1444a8ea152c8894fe326e9',7,'hvor-langt',X'6741414141414141414141414B2D774357705A6E793244466F4638506C6A4B67446F6979376D6273535830336A5766353848452D434567523058527A6A6C5A6E5A684C5332575174624D417846336A2D556142584F364954385A66436D44424F474B435370536843454A5846637763596C596831514664665F5348637A64794E444D6636785A4C31556151325F7A73516C633761467673745869415F614A6B6549513D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('68786016f21a4c58a2ab57f62112850a',4,'hvad-nu',X'6741414141414141414141416B6A4265634D713250674D5477726C4469647A4958784F64644F4D535A6B4A517A744341486535314742674B673345584567666D4A4456525478585A45594A6672452D714C76305246715A49306A6839595966617A77455173626747787569304F6D346B613279516F466F3152397A78377A6575706F656B7768625653626B4C524F72636E644D4C70487752493665675A4C454175513D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('6ad4c659eed14f5282220c3f99fc0339',4,'hvad-nu',X'674141414141414141414141584473414434416E6F735F51466179653354356431732D3475725F5451733868705653386B49562D665A44517875563371323374427A6C746670414D704E445572616B30557441707569746C63384F664B434A4E44637935726B4537785F75664E556E6E334C527A786C3556492D33545F33555775786B624F4F486B726F6C74','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('6aece15fb51e4c3da5b5d993edc7b414',4,'hvad-nu',X'674141414141414141414141567A6C53546C47677158686D666F45487268574E6C42483043662D393730574C61656731484655705447536267774A645566534D7631312D3149754A6375474235434C5F784C7963716435324B6843535A4E565537364A6E71367673665773714E413870796E3868356A746F37794B596754495565365774685A5A5F686436646B7761416B5373547639574B456F6C4E6355545F44413D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('6e71f2ead0e245c387ef328e637c9a03',7,'hvor-langt',X'6741414141414141414141416F534A52747268636B6945414454575F744C2D383278356E61647069706F364E50317764754D32564F6678565279624B2D5939556A72384C6D544D71575F6671695A566E767354764A796F434E45474C6D4A637762513631474D3163714B6E6F6739557838374164626247344174565F69656E71686573476149734657764E736F7531386A37634465634C326B2D37576A4E515772773D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('6f0bdaef88db45879cebd1cbc52b6ef2',4,'hvad-nu',X'674141414141414141414141387A53417658754E4E69543032336B4F6C7A4E574F49434C704B66627441757270676638546A463947343055686E546F627741425637466E7464735A68754131544D52543579336956356F585A6C34427743644658644B5A36506F5836692D2D504F71594C364239532D5F357A695851526E72586267653143706C6B52763249','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('701502d10372434cb692121da50f4045',5,'hvordan',X'674141414141414141414141754854345545395F39546F65754C3943774C423636566434535F713066584E7271514232725A6E5A4B54385942335034695A7968544153536A67555075593878436C7344447941627433636F50546D306D707661375A70534A465A65487937704562443756365F58753170415350695F5F6C657834494C547938495557386E4D','d49aed62c4a2',1,1,'e532b244cc4b355615e5cb4e60352784530c937caf324150676a0862cafe7c05');
INSERT INTO "replies" VALUES('71c2b928d723495f8ae862fa053fbf84',7,'hvor-langt',X'6741414141414141414141414A4B6F674C796C775777465946354E617765614B75364364595330565151772D67634C444F56665F514F794C4630576E735658416A4C5335714E43704F4A3069393861655744644C546D756C634C4F596A3970734638714D7668776B4D76354A487041354543756A44797961345A2D66693257643274653772714A6B67637138','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('732c320e5b3645b1bb93d9f725995201',5,'hvordan',X'67414141414141414141414146366976634D7738466F5576394B505952685467466D326D6A45553933564B525832596B367A6F475035374E4655794F4945717050645070582D45387856567448774E454563384568443363566972583758644438686B7351716C33345478516B426961682D52665A4B7836385444324B703945634A445A56656547585A6255','d49aed62c4a2',1,1,'704366f2ce92a8673e3fd96d303edb4ff23c5645cd4616c7cf3be13fed5bb3f2');
INSERT INTO "replies" VALUES('73c3a7744b9548248925d03857e253ae',5,'hvordan',X'6741414141414141414141414E6766524F7543706F4B72716731434F57485F4D4470377575554C4F6948524C4A4B303558384B49566857526F4866727734415F71416432615938327A713248714645383331685A53776A586A6A414848794A4E7A6C392D6D4144596E316F6E492D69654C6D505A37573743545A5653763076374C5358544753674147724973','d49aed62c4a2',1,1,'6d45f245fb7aed788939b53dfce5c0e91d8f861a976119e26a1578f1bfb93ee5');
INSERT INTO "replies" VALUES('78fd35b4a358470fbd790a3ce6019a68',7,'hvor-langt',X'674141414141414141414141316F7252635A68684171716C324A483259556B663745574E316655345061494E586851425369717A78386B5854585F75574475724133786A43424A5F4767316366716669703133676642744D427A56426A576F59747759483074554C5F3376416B6E6337314562315276383035394D3674684D464F3136476243375278783354','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('79175e109fd74ba0bcc08a994279703d',5,'hvordan',X'6741414141414141414141414C6279304B59524B4E616555796F32557075512D6D6E4F67794959595232794D77593833712D7A654F5550373049595A4B4667796E395863546D736C7A346E4A644E6B5746574B365446746F48386762394F61326E657569344F677567735873704C32565A644C666B79594A35314241796D4469484C6967755858586334626549627A767070306D33596137393749637955735250773D3D','d49aed62c4a2',1,1,'94d2c3663fcd40dd398f1ec366bbf445d38ac2ff4229e1a884d26db53c594392');
INSERT INTO "replies" VALUES('81c7ea8fbb0c4bda8c5b181854fc2a04',3,'hvornaar',X'674141414141414141414141594D7A5A476E424C78495578433078656756457178616661643571305F7A6C617933623159576643466E382D6E46694A543452417079626B417950734F68692D614E536B7033726A74786A766C4D6D524E564E796F515358773363356634327742526A7366336E6F5573523978394C5F5A47667A625337554F585A714A46632D506E7A6336754C436955497841536747686F667572413D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('89e2fecda0c946b1b6ca6daa9e7b9539',5,'hvordan',X'6741414141414141414141416233326A3833636D554D6662764B5F763052537035633534353465524444586F586D3935745241314931565A555738646368777859306F2D657A6B50484F4E4F5359423534733530305674434F7575483961537861495A4F5A55686E6F306548383272765A644F6E41474679794F6F38676F344B6A7832787556787959627756','d49aed62c4a2',1,1,'73d62a3e7f1368cb9e59fa77dd4f8b4559ad32b908ec1f87fe65eb24cb80a371');
INSERT INTO "replies" VALUES('8d1beb7577c94a99b7d7a6c1cc75a290',6,'hvorfor',X'674141414141414141414141535A465A747346755F7246617573726D463331776D7A3868623879525F6E2D683277516F4E41685A69514C434B4148733256482D414832677847594E504D306535527975344E4637543570327577513333727A7245535873596B544B30706F4F4D2D706A5569542D505873414356526834712D6F58543234445F637247464779','d49aed62c4a2',1,1,'704366f2ce92a8673e3fd96d303edb4ff23c5645cd4616c7cf3be13fed5bb3f2');
INSERT INTO "replies" VALUES('8ea7830142844ba7b2561e8e6e7d0e09',3,'hvornaar',X'6741414141414141414141416E39674174453279716B7764424D3470714E5F4778522D3751574B734262554372656474595A544F5F496754327967343061716D6E3775414E7A4763574954544D47366B675A504866525032665A6265474D72797474433766394157634B766B776468366669574F547A614A58654B314F53657649784C6A6D547A47476B574D6C445838544F396A6C306A614F4830646946747641513D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('8eac6927a93f4c0f84c145d559aeb7e3',4,'hvad-nu',X'6741414141414141414141412D6853566A6D7A64536E584E5736594A774B31425853626479773647557A424A5354653750336961656F374F447353634A44476D67634B336651615336705F6251347576574A6757507577544634475F70764E446B6D6B593564754650436A494C5752514B5569773475786F6443594A4E5F315753503766374F764F5F457434','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('91078ef0fdc14b088d8a4b01ee054f9a',4,'hvad-nu',X'6741414141414141414141412D437575395234726F49302D782D51356D4D522D31393264666931557A31486A396971496B4E6E556E426F52696B335868624644766457392D56572D307947345A744335454C326D694433434E77614352457558756D46587341312D386C714A6E3857554B5F31412D7734426F4B567277584F64647573545F2D66747366384230394A636B4C49625058337A63726F62696D315766773D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('9143786692454bdd8b5fc41e3db6c62a',6,'hvorfor',X'674141414141414141414141424A57473145706D5A67446F3845436C4B5548445863327845635072574671654B436B3134396E6E2D386E334457653078747743782D69717A53334C366B445058553676556D584D63537138374D75633868575379443263705044535A483273326973797631506278543174436566372D36664B3449504536333962316F4232','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('92096f975a8c4f039d8a30ec2ff4845c',4,'hvad-nu',X'67414141414141414141414162427758476771495572664C4F7A63363941765738636C6A7630625F4D2D7832457243706B7A684F656D4F4F364F59517262394E445F736E2D44444B3164666F30553734526C6877745A2D375643465236386D487A4C3236487751745343322D577068796B504D43776562414165453054444C48506D734D583050724B4C3844','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('9234732d11f849dba4f4d012494579d0',6,'hvorfor',X'6741414141414141414141413633766F6459496C576D55677A563253576D7561746D354E32356535353239556354424E684F464E77676C67643553535755427246392D6E64772D674C4174774B3877616A61756B5666545A2D59634E4F6C376F7A4F5145486A676C56635431784B7A4F4E5F6E6435633053654D55334869535356475633686E394353526B6F','d49aed62c4a2',1,1,'73d62a3e7f1368cb9e59fa77dd4f8b4559ad32b908ec1f87fe65eb24cb80a371');
INSERT INTO "replies" VALUES('9c6479ad5bcc4ab5940e5667a1918ef9',7,'hvor-langt',X'67414141414141414141414172794C726E626242766C6F71756145514335433754554E6341336534676A64735A4565683353526758545136486B39305452767242326C6F46684D49452D506868517336555F76336D36325A436E6275324D756E626F4C5A376E625641325F4A3756337A7164486F464B676E4C4332446D4744456F6A52624177356769384A386A374951672D322D477464684D5A35704D41584F59413D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('9ebfe0142f6849daafd2ef5556c84382',7,'hvor-langt',X'67414141414141414141414172517A3377626C7648706172623170387A336B2D6E354C4E4D36753442734E6E61376C6F36664C4E4359444E65583851694B5441305451674859665A3154505A6E3941576E555845643133466F5968685A5074617A6D444C542D3057304B6B5369513371493433356C437A326D7A5131576739726E377870737147594F4136527A7142552D622D52416F367570304F436E4E57586E413D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('a28bcd916224411590abcd55e222e36a',6,'hvorfor',X'6741414141414141414141414E39316A784763474C4B5147714A55724A33674430704F6E476E6D626C4E704D6B73455257614B3963566936436E7553786556736334696339396D3453365F754C422D2D79514E423943336B6E6D6B797143473457325A564871686B774E6E6867315043695177634132772D53324D776A2D444D7757386B557868543157634952516B3068494272417A7137676A5230626F354C4B513D3D','d49aed62c4a2',1,1,'b1c348d9f734c04baf71de40f2559d16e83dd6fb74b321d85bb3972c534f0b22');
INSERT INTO "replies" VALUES('a762da1df318406384bae1b11e4b33c8',3,'hvornaar',X'674141414141414141414141664A6A77467054756350673449726E47757443376C4B346E6A424C4647494C59484E6A356941322D305054616E683971644A657975374F6B567335654E434F582D7171692D7A3042385A587241586A37655263555974787157423833345F714466422D316F51744A69494C476135447449364B77704E4F39514C6D535A4E6338','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('ae9525caf62348a98301c5da49ff79cc',4,'hvad-nu',X'6741414141414141414141415143376F6A2D494A70796632374C6E484D6B515F3856433044335F786A734F45433333546434643939564B524B5371445476584E2D393965775931765A6E42555A47436476476839755746495045434D593843546161665262785435536F534150645342554E7176556A705A2D76726B697630454F6B70334250387039326B7251565244723374516946524C4251683944506F5062773D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('af622c9db534450098c02e42a6fd428b',6,'hvorfor',X'6741414141414141414141417132696B594E2D3879474B4537583256434D74727551714A687A44544F7639425A5F614845724D466A4955645752435A4C5732664B3233357A73616C7459475F42666438337134675F6161694C657A495038577946544753447150307345336171306E4175306756705366767647417A37386833484C6B2D6167697664394A6B534266504B52334A4330314957636672522D326569413D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('b078477995774f3e89ab5e7680a8742b',4,'hvad-nu',X'67414141414141414141414174784E4C4370677142546943307246524D4C4E7065626848454659446E477165386E59796851334D7A326458635F645969597130464341594D676D5A3176686950554771385A553547785976476F535F41483569746F51526F4D764A36584A6E48756B4350714A2D614B4A77584646464139744341486564746D796B684C37646F373357665A76334666707145394F58506B347362513D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('b108ffa4845045c59af15c4160e074ab',3,'hvornaar',X'6741414141414141414141416A465633575F39364441412D4F616D566C5F5367784F5F556D4D37627073526847796734693542504F76306835414F425A43564C66766D684F724F3575784375566F33394E706A43694C4C412D4B3037366975476E6459424C667869743835754631727147616D36434F7770314F30735948306676456351487732714173384B786D384842464F576C4B6A2D4D5A7861423549564B513D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('b12c102324df458582bfec6065c2aa28',3,'hvornaar',X'6741414141414141414141417A683932706873476F415379304444367342786D6970475F507773425736633365496865613242625171765539334C69537A5F52726F61785832527164334179734E6E42354F756464303153334B364C346A3639586C674741685F774D6447373679567647736C5F41355F347859334B335554795A5150663531664A4657566C','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('b5d37c47d4ec4fd385a3128f3ad5bc7a',4,'hvad-nu',X'67414141414141414141414145516D3441473939415A765A43707176744C3469724671586F57596848776479546F66673369637178353977646B6E4A6C666D3667554B79324474304A7646735444645A655F6948447A4551546D573362456A553066474F42795033544F543855314E6231734B6C68694C34556F466F636354565461585F79305354654E367A','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('b80fb033681a48249276750ae54ffe12',4,'hvad-nu',X'6741414141414141414141414A374B4D61666C6C346F524571344E6E7645766D4D775F47636D4C51764456397531347A346F7A73684763393133785942694F476B637656796F38305878724C2D424457455754527A644531557241726E625761764C575A4E527A78304A2D435445546F6D5968784D686D4144494B51525F77687A745273364E7A494947435557435874336E305973396B656A4A46324E686F4748413D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('b81e2ce7fef749e0ab0f652c95d10757',4,'hvad-nu',X'674141414141414141414141324C674C4C734B43527072656E78716364695742314B6F71546D49705435506C4D69584E516B416A6E30654748336B48474971413436506167396C2D564F467678434E4F645374687043414B62556D34343964426A7147775F664D31445135543178743653416A543437435559536E594D6E4F2D744759484E62714241686131','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('b851543d403f4fd0841694e55180200e',3,'hvornaar',X'67414141414141414141414133326D6F624B786349516F4C31753573336F3459616D456C746D785558312D4F467377457A69707A524B4D516C4567656C49434B2D51795A62646F6F596B6B4D6A7164416F38325471316C4C74616854486F484C6547744F425A69686541526A7A4D467564694D53777A51524E653374645F2D6F68314C4B687A4B366D64554735594266614864733870496359463748686A314B45413D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('b91b487e4518477daa15f81897b7be96',5,'hvordan',X'674141414141414141414141785F6C644F566F484B5532326F3166743945546E426364397A5256744678786D3451506A2D47666D5F4856385067316D6570426B4F6B67305F4A683774666C434355617A3567316E6B32464D6A4D47634F595058694379414173435345454F5753642D6B7078326852634B6B30734D36475167455850726862753758366C6469','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('bb5ebbbf3855483aa51a30998a59da77',6,'hvorfor',X'6741414141414141414141416442596657777554564D725774333145717266665134597757474761636A4A6F4F6E627734475A4970614D566B5337626D494C427436704748454675697A4D7A5064796A644E56704D444446364C31764A41384F5065623463355A52796434377637316C35434A6B52737A4C453833446E38704B6B4E4F537A4942527464525A687A794F6F4B632D7642706F5A6A6E2D6E58435F4C673D3D','d49aed62c4a2',1,1,'9b1f7c64b7a2958d4b3720dd058a827f9eeecdddbd6f1a9c52a6d467024795b7');
INSERT INTO "replies" VALUES('bb806b963c5a4bb29c24dfd05ae10e9d',6,'hvorfor',X'67414141414141414141414157416E6D6D646737344A70695A43536845487777584E6D6130334D716E574136713664704845352D6D6B6B574553325141705442705F5F77745135784D643074365338424A775857645F76414A35615679336C484A7879435F563173765A6B3364734B6D72714B7745766E454A6C436844386674762D6779396C6D356574716F424176537A59614B726E77327841446F7A41444952773D3D','d49aed62c4a2',1,1,'a50988d25c83286c8002d812becf8507f6dcb3261d115c8f8afe882a49bd2ff5');
INSERT INTO "replies" VALUES('bd0036ae91da461cbea92f8cd775b578',5,'hvordan',X'674141414141414141414141696E396F77354838767A794E4175527752443053706A2D384C525F507134496C4E4365583667365A715232365951566F4476594C5A55784D585A74775F4A6F4C3163777236556B35634E5533776C674C42496D38464B674A6C684E616C64434355446F76766E5235557657786C666E56356C594B58436354553755583436757775504A636C416670316D74506968783843766A3656513D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('c1bdf84349bd444fbb5871a6c225e0a1',5,'hvordan',X'674141414141414141414141356B4E614266725842533542306F434D5A79703747593452592D6C754B616A5A4F434963554A66724F2D4248354B6E5334584B647142575251382D4B77474F74476F546C324E6B36314B586D5532435F564D3261446C79685F6B2D512D39564B584570574C72695755336E4859674C31517137465975566D3379767266454749326B34524D4641636330704C5454755F794C554F73513D3D','d49aed62c4a2',1,1,'fef3291c2dacad789d8c2bf31f79fd5371490340b1c70965094874ef35ab60b4');
INSERT INTO "replies" VALUES('c2f335793e7640b18f0777e809b111c1',4,'hvad-nu',X'67414141414141414141414135796330395A716339324551747A565A617A474E477A6576363845336969656F574A67542D6D57587935786257473346326A35794C754F506B516E42774D36474C4B4175766950743975484C63763968497447774169486D3255432D376B6C794C443866754F576E7569664E34574E51564D594961495A4F6644567363356D51766635494A667673736157664A645873704C7A6178673D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('d1028d41ce1b41aea627aa981db8722f',6,'hvorfor',X'674141414141414141414141355451384245682D676D503677337469306F572D31426172645F74394267775F4141696E71614B3974344E6D425050715170614F30586E5371365977744A3370614D496F4671353743737A5151326D5F58383974664A564842424F376E2D30514D4D69386A3459626E3852346F5857756B6C673978774E7237684C75444C564C33764D796E726C50564B394C72694F3269566C6E30673D3D','d49aed62c4a2',1,1,'fef3291c2dacad789d8c2bf31f79fd5371490340b1c70965094874ef35ab60b4');
INSERT INTO "replies" VALUES('d6a19947800942c3b153cf7dfd22056f',3,'hvornaar',X'6741414141414141414141415969417851574C75637A4A2D726A485A31472D7848673569463731364B4C353076666E6B5065376D44763964773842465053575938726A72584C464F545773496842505A325A32394E6E4B4568586B497062373861452D64317A7444734F7A6C44593031564745547A7A6B75456343447161736D395269334D6E685A6168735572526A636C66723246374576364C61796654494770773D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('d9e46a85f4cb46c7bc1080004cae2cd8',5,'hvordan',X'6741414141414141414141416738714D614D5F4F6A4C7678534253574D5637797258366548657374316841444B762D656A7473767468774551694A4B74374557573450664935444E5059565868396D6D4B7A4E4A4E33743967477969576D4E4D6154733066765648556345516832337855676A6343614D584933675450307A535231496477715F5F362D6E37464A344F71586A4D4370693747684B7755466C5A59673D3D','d49aed62c4a2',1,1,'260ae995af1f8ef9f66212c9fff3306912faaf8e851fa7baf73104874df9a71b');
INSERT INTO "replies" VALUES('e7ed6137a44544ccba68c171964eb503',3,'hvornaar',X'6741414141414141414141416262617534696E7535347A514E624553575F5556787171555A4C4E53637859395F65525630454651456C53536B664D464D55334E4167774F755271306B63734F75725F565969687650356A6A307854656C575A46437A5A52364D6D4478697A304B5057726D425054307874475F68374E3336367042397138763065394A64717147636F4B3553713652596E50623552496C66456153413D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('e8f49a79a1f84a28be9169f07f5b9848',5,'hvordan',X'674141414141414141414141384D6138655655586E59444E533272623276333752436D7063486B41545F774E566369384F444A566E7565494C4863365133724C516A675F4557493255693832674E614B36485A634D7758626D6D7579636C425548725532526469764B356E59563941744E7864426A4C6E52427A7531715538655276556131464B4237494D736859596134337946324A775F316E7830595F6C5972513D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('eef599b8a27b40dab9010c170c73b29f',4,'hvad-nu',X'674141414141414141414141546550424971624F484736756E6853646F354352304D6F786F4A5A3452466E517A5A426A367A6E6B6E6C6772714974374A38365F7754414A7442765955445454376D727839466A552D4B3675654B745250792D79456776426B79394F777044734254474369344764444E6D734E666D3945424C657275336B47324E51755157635A643552446175697A35755967723341635749696C513D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('f7ffde72709441108bb5e4d8dd36302e',3,'hvornaar',X'6741414141414141414141416C4B38557872514E584F51585642474342594F656251536472342D6169655F5252715979797443627A6143485F6A576551586C546139336B745864694B3132786872694369797643647A65417A5643386875654439466E33326B3047547A71615F316A397249434B372D41725A6C34336832366676694C6F486E6D6751374653','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('f82cc434b2324e178aeccc9a62cd0f9a',3,'hvornaar',X'6741414141414141414141413278764D524F5737656C77652D525A524659443954376C666372505F6D6A76585230744A464251677457554D514F7357625064703649655449537454304A624173304F324B4C6E43433048527A3470537A694C456E776B52385A575F544975706F6A58313774686F3059693572444B784A6648393164704761707A767861654E4A4A6178657131647130795A39726A68625F6E315A513D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('f903590d567a4c08bc86b6e293eda1fe',5,'hvordan',X'6741414141414141414141416F3250716A305433365A6256504572463353574E54716B304C4B377139553945454E417A7A7A7152584B76354A484370793876434C41447844564E31455841634B485A5446636648333672484869517768704737554B497079305F41545F6F476861717A6B4D336E485F6E59422D514661624849597647566B466267517167714158783339764A49646E45724E7238444E484C4564773D3D','d49aed62c4a2',0,0,NULL);
INSERT INTO "replies" VALUES('ff499ab3ecea4250927264f831e36aa9',3,'hvornaar',X'674141414141414141414141696E457278656B327161414E594B3150766651784A486961516963587132775F6A69463958365A57636D4A58444A564C4B50726F78336C45655933626B38435250314959356F3361416D6B777A2D555149535F4A3543635750736871626A52716E69597069695A6170494A30345366436542462D616D794630746F764C537633','d49aed62c4a2',0,0,NULL);
CREATE TABLE responses (
	id INTEGER NOT NULL, 
	digest_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	words VARCHAR(3000) NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	written_at DATETIME NOT NULL, 
	released_at DATETIME, theme VARCHAR(100), 
	CONSTRAINT pk_responses PRIMARY KEY (id), 
	CONSTRAINT fk_responses_digest_id_digests FOREIGN KEY(digest_id) REFERENCES digests (id), 
	CONSTRAINT fk_responses_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "responses" VALUES(1,1,1,'free_text','Vi går med.','released','2018-09-28 12:01:00.000000','2018-09-28 12:01:00.000000','retning');
INSERT INTO "responses" VALUES(2,5,1,'take_up','','stored','2018-11-09 09:01:00.000000',NULL,NULL);
INSERT INTO "responses" VALUES(3,5,1,'free_text','Vi svarer.','released','2018-11-15 12:00:00.000000','2018-11-15 12:00:00.000000',NULL);
INSERT INTO "responses" VALUES(4,5,1,'not_ours','Det er regionens sag.','declined','2018-11-15 12:00:00.000000',NULL,NULL);
INSERT INTO "responses" VALUES(5,5,1,'question_back','Hvad mener I med ro?','released','2018-11-15 12:00:00.000000','2018-11-15 12:00:00.000000',NULL);
INSERT INTO "responses" VALUES(6,5,1,'heard','Tak for jeres svar.','stored','2018-11-15 12:00:00.000000',NULL,NULL);
CREATE TABLE roster_names (
	programme VARCHAR(100) NOT NULL, 
	token VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_roster_names PRIMARY KEY (programme, token), 
	CONSTRAINT fk_roster_names_programme_programmes FOREIGN KEY(programme) REFERENCES programmes (id)
);
INSERT INTO "roster_names" VALUES('landsbyen-2018','8a2daebfecddf527a02ee11d780867cb9906a645639e2e3259b09267f5c40ff8');
INSERT INTO "roster_names" VALUES('landsbyen-2018','ff25e33dfbffc02f2ace5f462caedc2ff7988f74ba3a327d7236ca07081c2a38');
INSERT INTO "roster_names" VALUES('landsbyen-2018','33c83640614feeba00d9e3a2e2754977f8bdd51eb41926f727755108c2296a59');
INSERT INTO "roster_names" VALUES('landsbyen-2018','6be3c61bbbbb666364b6d280757c7a213ad2ff2af79bd0f439e534e0d95b9148');
INSERT INTO "roster_names" VALUES('landsbyen-2018','2ba31abee94a8d0f8bf1197f9fe5548a8841e29dc780b5c05a6167aa6cd391a6');
INSERT INTO "roster_names" VALUES('landsbyen-2018','189ac4a3740908c8a010b597a27c09bb842784f8a7bb53b439f6d2dd90be6b3a');
INSERT INTO "roster_names" VALUES('landsbyen-2018','c6607af9d9db934c62402078ca729310816c72796eab39539072146546c30416');
INSERT INTO "roster_names" VALUES('landsbyen-2018','2302c0b53b5f2328731b85cc495dc4dadacd946beaeb63edd87b2e2a7b9fc581');
INSERT INTO "roster_names" VALUES('landsbyen-2018','5e4df8a24747ac49fd8cbf6bb8d5188e8b09b6ef06379f5abbe641c233500f84');
INSERT INTO "roster_names" VALUES('landsbyen-2018','a575e7b96afd8f76ec5825c503a7e73fb2fd052176c2d443a2c40891918251fd');
INSERT INTO "roster_names" VALUES('landsbyen-2018','d1a67f85df13a70436aec79d3c17721c80469670d8ff2b7355472c0c9e7355fc');
INSERT INTO "roster_names" VALUES('landsbyen-2018','539040b49bf82621d553cb2aa322910a062fbb7025b17e6be0a380632af34dac');
INSERT INTO "roster_names" VALUES('landsbyen-2018','95c998e473c088b8259c84a26868ae6671bce326cef8ef92d8c938803777886f');
INSERT INTO "roster_names" VALUES('landsbyen-2018','067e2a1b5dc5ac9147b2ef4776fe9c1948b5b8ee055a74b327770c0f5db63a24');
INSERT INTO "roster_names" VALUES('landsbyen-2018','bd2639ed6cad12997cdb44a7be5329481b973dd0123954109c2695875369820e');
INSERT INTO "roster_names" VALUES('landsbyen-2018','944ce24a92ac58365dc9e306a4aa41a68b2e2ecf649b0ca782a4ae9eaa24fc6b');
INSERT INTO "roster_names" VALUES('landsbyen-2018','de9b64f6081f33f30adc8272f1d296f340fa0dd3b129d81b29fe8f4d8e587199');
INSERT INTO "roster_names" VALUES('landsbyen-2018','96861ece2645f9dbc88c8743b8c24207fbf87df3bde8b0b709a514fcdd62543e');
INSERT INTO "roster_names" VALUES('landsbyen-2018','8b1d36ebec2e3e602b4c2a35821ec7e9c520af1b4557988e6d03e40c57c26c55');
INSERT INTO "roster_names" VALUES('landsbyen-2018','ce7e9a21216183ca01ea0c0bcf6e0c3a17af51000b7cceafc3c82cd9e75c6ba5');
INSERT INTO "roster_names" VALUES('landsbyen-2018','a3bf5c99f58b01b1e352234e0559244252197cbbea8d8cbc2a264edce562e7ec');
INSERT INTO "roster_names" VALUES('landsbyen-2018','6bc0f380ac660e82ba967d791d5e0e7693919473e2b0369195e5a8ec0bd27231');
INSERT INTO "roster_names" VALUES('landsbyen-2018','876101bde1501a3a5553e00a23b26d08ba54f1b8934d3c254b365b41548eb56e');
INSERT INTO "roster_names" VALUES('landsbyen-2018','08243697101dea06cb7bbb821a33bc31eba937369f594353324938563993b190');
INSERT INTO "roster_names" VALUES('landsbyen-2018','4a341c9379ecac98ecb52b09db9ea3d5207d533323ff5b047e19907df62a28e7');
INSERT INTO "roster_names" VALUES('landsbyen-2018','cd3fbb125f427148ab471a159ab712c50985cc09a16018ff82d92fed803dafe5');
INSERT INTO "roster_names" VALUES('landsbyen-2018','9c79683c9c240c4ea80af9496ec4105a083609015215c8d6e47aed35495f39b4');
INSERT INTO "roster_names" VALUES('landsbyen-2018','a62b97ef9e316370439673537ee80105a57e027b00660508892abeb488a25474');
INSERT INTO "roster_names" VALUES('landsbyen-2018','b819fcbcfae612324870926a55c0e9b53d63282d3498015cd39b6c1556956f50');
INSERT INTO "roster_names" VALUES('landsbyen-2018','5aea4959abe1888c76d4455597ae9096d1eef7f65da06b59c4ab52c99263ebea');
INSERT INTO "roster_names" VALUES('landsbyen-2018','06b79c31464d4e8a191f269782a362efa546a35801ce299809543d7e8a441d1c');
INSERT INTO "roster_names" VALUES('landsbyen-2018','f63b5a93829635a7d6c0329afc4e4083cf95f569be485dd20d54f5e92f7f83fe');
INSERT INTO "roster_names" VALUES('landsbyen-2018','ce042a0d2c259806d2c1fa3aa60ed770ee0281aa370986cc4652ebee0e8e3079');
INSERT INTO "roster_names" VALUES('landsbyen-2018','84559168ff9a35da0bd6ef131a61777e175a8abda97a3498d65757d68096ca0b');
INSERT INTO "roster_names" VALUES('landsbyen-2018','3d76695d21ffeb11e32c96a72cbb5358ea6fa6813521fbdc351012b824b2037a');
INSERT INTO "roster_names" VALUES('landsbyen-2018','3c3e8b9e0bdaad1b8dc002b2df29cba0f08b0265a41b4bd448bad3cced526066');
INSERT INTO "roster_names" VALUES('landsbyen-2018','1157f4b5e213e92be51d9f65739a5bbdc9b206c48af453d42618333c60ad5e95');
INSERT INTO "roster_names" VALUES('landsbyen-2018','7e7e85b87c3ebd49a8dfc4f17a31d01c2fc164f07be50d8b13c4ff469b1134c8');
INSERT INTO "roster_names" VALUES('landsbyen-2018','805b646ac2d4dabf5993c235bf7cb735af2011b83018b5cdd5d0a25bba0094f2');
INSERT INTO "roster_names" VALUES('landsbyen-2018','73892d9c5fe1bc7509152f301bd04b16e355e4e1f03a64c0ee53707a1f9efc77');
INSERT INTO "roster_names" VALUES('landsbyen-2018','382679262ebe3f9155733fc4c06b84cb54d6f048915892e464b8e37282a8affd');
INSERT INTO "roster_names" VALUES('landsbyen-2018','19638d3ea702abd363ddba7501eb6e6fe93dae102160987fe94a1dd9a72d7142');
INSERT INTO "roster_names" VALUES('landsbyen-2018','e119546fe1ba7020654898a799ac520d86dc6b430102d73c999247a9cc89d50b');
INSERT INTO "roster_names" VALUES('landsbyen-2018','cdd2f86e7187b48c1774502c8292c7c9aca3329c1c3562b767822ac1d1dac32f');
INSERT INTO "roster_names" VALUES('landsbyen-2018','5c8a85e1ab51f5d39017b5ef41295051618dcf8366ab4374ba387ffe2155c62a');
INSERT INTO "roster_names" VALUES('landsbyen-2018','d7a23d96a64712b82b952aef479dae5211cf1f10fd24b40d96f64b6482545ea6');
INSERT INTO "roster_names" VALUES('landsbyen-2018','d30f14f1029fa9c177ad3bb78328db451c5bbcab9414b71c51364110c603ae75');
INSERT INTO "roster_names" VALUES('landsbyen-2018','76a41c3c99d9120d1bfa31aa30920d19ac7d3a72963109fc7c9ad9aa9b3c770a');
INSERT INTO "roster_names" VALUES('landsbyen-2018','56e7045d6446af2ea76723028bf0d22fbfb1f7b4b4203cebb89ce09dbf8f71be');
INSERT INTO "roster_names" VALUES('landsbyen-2018','8f1585e67fcbc8aa49f935f5d33acc148521c7e1b79a38c50b377ed79c0f1218');
INSERT INTO "roster_names" VALUES('landsbyen-2018','597b1bbe55ca53767953a2e444a094bcecc90f8b5023059b5f9e18b1bc4a5a37');
INSERT INTO "roster_names" VALUES('landsbyen-2018','252ed20533a9a1954648c2a27d3375921a739ece18a5bf555b99309358cf0ba4');
INSERT INTO "roster_names" VALUES('landsbyen-2018','95463260e7233521e3a1398f62f717e98cc2765f29ab3e04aa35e112204537f6');
INSERT INTO "roster_names" VALUES('landsbyen-2018','84335fe39c62ccfa06fc8bda7d08a67b348e39ecdd5340c7384cc244842e1357');
INSERT INTO "roster_names" VALUES('landsbyen-2018','aa1c998a7abcfcad1ff22f9cef9ce472d9dcfb04639283fadd6a9cbb2c70544c');
INSERT INTO "roster_names" VALUES('landsbyen-2018','0be39c54720d5041dbb70be1f43a5727977f3bdef587b1bda8cab8ab8d141c53');
INSERT INTO "roster_names" VALUES('landsbyen-2018','a773c1ea9ffaecfed32150b3d2491c3a09fe4f0f05e8915be9e57ee7a55f4c62');
INSERT INTO "roster_names" VALUES('landsbyen-2018','5bfbb23b52fd3518778043df645f68afdef6da3023d6b8e4dee5e3f6cd869d73');
INSERT INTO "roster_names" VALUES('landsbyen-2018','9aa5961e516e5ac8c4074683f6af2b8c7807289e20c63fae5cc0375bc21c94d9');
INSERT INTO "roster_names" VALUES('landsbyen-2018','48080671ef68de3eef03358a9bab78725fbfd5317bcf8f203b5f06b3eddfaf00');
INSERT INTO "roster_names" VALUES('landsbyen-2018','67a7198e69bfc02af9cf2346ee55ce3c9d48d2fa8781ed024972e97d3ff5396b');
INSERT INTO "roster_names" VALUES('landsbyen-2018','139e4f16b545b360ca181eb2a78af4955b033301610d4f5272fc301a62bff8fc');
INSERT INTO "roster_names" VALUES('landsbyen-2018','55765878b0b61d828c9b7d5271ad20c47b04c8c6443a6a5eece27f7ffeb0dc75');
INSERT INTO "roster_names" VALUES('landsbyen-2018','980cca107be2fa42f68d213b7fec30e2558c40e573476ec7f095d0341d0dc702');
INSERT INTO "roster_names" VALUES('landsbyen-2018','9d0f34f959a6c2eb2a42d6523029f51c5c28bbe80152503861794213938dafbe');
INSERT INTO "roster_names" VALUES('landsbyen-2018','a25f113379cc7d6c10ffb86f860867b3eb77b612f40e687cf11f8d7659175c8d');
INSERT INTO "roster_names" VALUES('landsbyen-2018','aeb2f08784bc2e701ed02db45abce05291d32c9cd79604c165f63847531b81bf');
INSERT INTO "roster_names" VALUES('landsbyen-2018','8e0152afc8f4be98ef3121864c99f4e88480c02bf87e980f41dd438cb55ca87f');
INSERT INTO "roster_names" VALUES('landsbyen-2018','cc7c2603e72efd0835a418366c6b1bbd807a127042d5dba578c2f389476e81d6');
INSERT INTO "roster_names" VALUES('landsbyen-2018','ccadd11dcd52229d8ca159ac2d685ea8a8e4dc94501d31d77498d6f3dcbab692');
INSERT INTO "roster_names" VALUES('landsbyen-2018','741ceabb9e92d3816e1e94c7c46e2e5545cfb6f27014d01315fa974fa5ddf3e9');
INSERT INTO "roster_names" VALUES('landsbyen-2018','43e9853c72a5a18d336f819a036919e39fc81184d00ef6978efb0e1922f30d08');
INSERT INTO "roster_names" VALUES('landsbyen-2018','0ad35b36001293641eb488cd39a0711f720fe2354bd5e251c5ac834df93ed3ef');
INSERT INTO "roster_names" VALUES('landsbyen-2018','057d03d09110f2001399a51ce5d4478304743cf8ac4ce2cee82040616a556cef');
INSERT INTO "roster_names" VALUES('landsbyen-2018','0fd6dac3fbb307c15606e6f47831cea1877624f5a5b0bd44c2bbfea177f18c3c');
INSERT INTO "roster_names" VALUES('landsbyen-2018','f8fb952d2f19e2fd90961e2e552b4078e53dc93c957f9f1ab8e29296cd4afde9');
INSERT INTO "roster_names" VALUES('landsbyen-2018','42e6a3131b21fc78a608c269be29a679f6906506c9f09ab36a03e3a14b0e64d9');
INSERT INTO "roster_names" VALUES('landsbyen-2018','a6ee9067f64b0a64ce7f509052a23f28934bd87d446084d971015622ad6e5ed2');
INSERT INTO "roster_names" VALUES('landsbyen-2018','f7d5bd9ae1a1caf6139d8fc258238f2cba36f32e353a3b4c57eaa311c83df777');
INSERT INTO "roster_names" VALUES('landsbyen-2018','240214cc9588ed121a9a7e3c56f38c1364bb69e067c099f54fab0543a8597393');
INSERT INTO "roster_names" VALUES('landsbyen-2018','a11f7a4fe2f0ba4871e870c8cf610c28151b384571d003aed6851be05b71b376');
INSERT INTO "roster_names" VALUES('landsbyen-2018','5af934dc4bb4a5c067ec2c079721be4c2e05853f92cacbb0fbe6b019c476384a');
INSERT INTO "roster_names" VALUES('landsbyen-2018','a9eb3ec1e54b13eac6df58a485d490b3b127a33302ea18c895d2d334273dab42');
INSERT INTO "roster_names" VALUES('landsbyen-2018','1b200fcc822d30686859576c259994d7e0ca815873f467d9605bdc5fb41b2c0f');
INSERT INTO "roster_names" VALUES('landsbyen-2018','3b40df9e992abc37b5824822d6cfd93080b8b0b326c4f4843029a0f771e36561');
INSERT INTO "roster_names" VALUES('landsbyen-2018','2e20b0b7eded7b58c241a6ab9c9c1e8c233ef5933cca418349ae158f55bbeced');
INSERT INTO "roster_names" VALUES('landsbyen-2018','ba429991d2797a2d830bbe39cf5e288a946bdaa4834a34338964dc72832a61c4');
INSERT INTO "roster_names" VALUES('landsbyen-2018','52673e8007da648b402b3543fe978869c897c932026b0e87627a4d2baead8883');
INSERT INTO "roster_names" VALUES('landsbyen-2018','49bf740330b114f1de4d9647b1eab9b6e3f78b164f3324b496959eaecec62ffa');
INSERT INTO "roster_names" VALUES('landsbyen-2018','895478c90a649fcaa51ada699984d48984df1bf60a420c118c0c6ef026928f01');
INSERT INTO "roster_names" VALUES('landsbyen-2018','cbb5e3c263feb9b41fde8e5ac0f980e624933791515778b78c7360e88710e5ac');
INSERT INTO "roster_names" VALUES('landsbyen-2018','197f2f5ada09aec57b05afb254534188af0bec0ee5baf8c8d1332d61dd1f11ed');
INSERT INTO "roster_names" VALUES('landsbyen-2018','122e46075c2b35a8db179bd9a573b53eefb3b27f8984fff7757aaa56b552eaf7');
INSERT INTO "roster_names" VALUES('landsbyen-2018','42b67765b5ad1db463abb1389c83742a59668ab7410a20bfdd77a69af6f51ea2');
INSERT INTO "roster_names" VALUES('landsbyen-2018','bef5eb0ab089efc05f3da47f04db40523a3da720034eb71235a6e73563054b7e');
INSERT INTO "roster_names" VALUES('landsbyen-2018','53e6daa07477b9864fb5c70e9968153ebe1835ead2e1d0c999730cfd451f9a14');
INSERT INTO "roster_names" VALUES('landsbyen-2018','518b696c8956d07817a92f264d7891fdf036b40ab1c6d624b9324e2a5c4cec06');
INSERT INTO "roster_names" VALUES('landsbyen-2018','ffcdb183a3f33f454014a42c516938d4495a2a1b89f25d2d691e9c981c96e6d3');
INSERT INTO "roster_names" VALUES('landsbyen-2018','17530a6b028c3a66c476de1dc74127ab03a7853d5fcfcdb331e0a53a9974bdad');
INSERT INTO "roster_names" VALUES('landsbyen-2018','f12fcf2f64a65ef1833b169e675a0d79ec5eaba5d512566c25432d988cded67d');
INSERT INTO "roster_names" VALUES('landsbyen-2018','3494a993a7e08a6a53aa8ff62e493ebf3d073f8edfb4516c1d0b0abd5c44fea3');
INSERT INTO "roster_names" VALUES('landsbyen-2018','44c169bbf42928c55cff472379dfd5498ffa3d1e619ffd6c95327a5975c93c63');
INSERT INTO "roster_names" VALUES('landsbyen-2018','d105be44684afc5faf0b3fa1512169fe1035811bdee1cc1108182087b4af6722');
INSERT INTO "roster_names" VALUES('landsbyen-2018','ffbeb9f9905060b2ed8402e168dd39de8c9efd1ec13e1a888b5059fe2e1e84d1');
INSERT INTO "roster_names" VALUES('landsbyen-2018','940456ec1529f02232bdd8348842ae273e8aaf13d7b13d657ce0617e302dc3af');
INSERT INTO "roster_names" VALUES('landsbyen-2018','557f8fb30e987515c5cf66d8fbac10177b40372774b95a642154c12b57113ec5');
INSERT INTO "roster_names" VALUES('landsbyen-2018','ecb95eada90ba77e37359f8e4edabd824b5b454eb7fa962962a71f9166f77796');
INSERT INTO "roster_names" VALUES('landsbyen-2018','c7e2e1d75e8606ce96da2015edd7ca8cd2ad06a2876cad2bcef6c081e6e7f7d8');
INSERT INTO "roster_names" VALUES('landsbyen-2018','7ef480ea4691d54912ec4a11edbcdd6fb09eb162ef36301d4337884c189045b3');
INSERT INTO "roster_names" VALUES('landsbyen-2018','b900a4605fbad12e0528feb08de378f22dc333de2f896502901649d211ff0aff');
INSERT INTO "roster_names" VALUES('landsbyen-2018','1723eaacb9f6ffe2f75613914795d607c2aff67623b11fad6951ccd319099475');
INSERT INTO "roster_names" VALUES('landsbyen-2018','720638016de6b8a86212ae857624ce2fe2beb02fcf84fbcf716f2abb539d055e');
INSERT INTO "roster_names" VALUES('landsbyen-2018','b83ff8cd23103d4dc56579adcdb3b11a7f0e2cc7633b5af41d96bcdd3a88ce3e');
INSERT INTO "roster_names" VALUES('landsbyen-2018','d5970239b7984091a3f3ef1aa9856f46a15beb7902043d5afa23237d5712f378');
INSERT INTO "roster_names" VALUES('landsbyen-2018','2d3143b9b64b91ed871c8cad161c17bf090b7cb623f62f34a5e357b96b9ed0ed');
INSERT INTO "roster_names" VALUES('landsbyen-2018','29cbaa12d2b0d91cd71f18f4b8f9840af42490e746497124a398524aa32a06c3');
INSERT INTO "roster_names" VALUES('landsbyen-2018','ae3f5ac80409514dbb25be9cba861fd50fdc65bef3ffe9a244f54106f5565300');
INSERT INTO "roster_names" VALUES('landsbyen-2018','7e2efb6c1aeae9c7bd0f5181f3b0ea31709f6b0fee50aad7f5565e49bb4c5208');
INSERT INTO "roster_names" VALUES('landsbyen-2018','c4c1253a55d7c28144b46d6f2deae7cda34dd8e64f511fa4f3d535e773ae0703');
INSERT INTO "roster_names" VALUES('landsbyen-2018','9fc3f92f99fa128a72deccb358fb3859cdee8b7be87d0e175bffc656bd7cf976');
INSERT INTO "roster_names" VALUES('landsbyen-2018','f71e5b47cce6841ee7bec4d7119b280a66738e9182c93da5605381e0200e1dd9');
INSERT INTO "roster_names" VALUES('landsbyen-2018','1a8f41d311e232befd7be6ae06e4b41689c80e4465559e42ffd5ffdb64c4da2a');
INSERT INTO "roster_names" VALUES('landsbyen-2018','b88d8694822ca942e9b36249775fb9fdcbe97d2ee5fec579568c396e9f719bd1');
INSERT INTO "roster_names" VALUES('landsbyen-2018','f873f8e548f8dda05e3e2c208a72fd93929e7a8d3c2f1034b84e7be2537daf81');
INSERT INTO "roster_names" VALUES('landsbyen-2018','88056e13612cdaf9c871108ab9023bc2af9e1c9b431a24a935217c7211711afb');
INSERT INTO "roster_names" VALUES('landsbyen-2018','9cdd4700f7c177aa87dbe539f4f99f79b55795b0f842faa5579ea8cfdd836912');
INSERT INTO "roster_names" VALUES('landsbyen-2018','616e7d6be18c9ae8fa61aec2c1038e0104dc7c53a314337b3870fd42fafe8cec');
CREATE TABLE rounds (
	id INTEGER NOT NULL, 
	programme VARCHAR(100) NOT NULL, 
	week VARCHAR(8) NOT NULL, 
	day INTEGER NOT NULL, 
	entry VARCHAR(400) NOT NULL, 
	theme VARCHAR(100) NOT NULL, 
	opens_at DATETIME NOT NULL, 
	closes_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	snapshot JSON NOT NULL, detached_at DATETIME, counts JSON, deleted_at DATETIME, 
	CONSTRAINT pk_rounds PRIMARY KEY (id), 
	CONSTRAINT fk_rounds_programme_programmes FOREIGN KEY(programme) REFERENCES programmes (id), 
	CONSTRAINT uq_rounds_entry UNIQUE (programme, entry), 
	CONSTRAINT uq_rounds_slot UNIQUE (programme, week, day)
);
INSERT INTO "rounds" VALUES(1,'landsbyen-2018','2018-W39',1,'hvorhen','retning','2018-09-25 07:30:00.000000','2018-09-28 08:00:00.000000','2018-09-28 08:00:00.000000','{"title": {"da": "Landsbykonference", "en": "Village conference"}, "timezone": "Europe/Copenhagen", "language": "da", "theme": {"id": "retning", "title": {"da": "Retning", "en": "Direction"}}, "questions": {"hvorhen": {"da": "Hvor skal vi hen?", "en": "Where are we going?"}}, "by_role": {"leader": "hvorhen", "employee_rep": "hvorhen"}, "all": "hvorhen", "order": ["hvorhen"], "audience": {"leader": 14, "employee_rep": 8}, "floors": {"people": 5, "quotes": 8, "audience": 10}, "retention": {"detach_after_days": 14, "delete_replies_after_days": 40}}','2018-10-12 08:00:00.000000','{"asked": 22, "not_reached": 0}','2018-11-08 06:30:00.000000');
INSERT INTO "rounds" VALUES(2,'landsbyen-2018','2018-W40',1,'hvem-med','sammenhold','2018-10-02 07:30:00.000000','2018-10-05 08:00:00.000000','2018-10-05 08:00:00.000000','{"title": {"da": "Landsbykonference", "en": "Village conference"}, "timezone": "Europe/Copenhagen", "language": "da", "theme": {"id": "sammenhold", "title": {"da": "Sammenhold", "en": "Togetherness"}}, "questions": {"hvem-med": {"da": "Hvem skal med?", "en": "Who should come along?"}}, "by_role": {"leader": "hvem-med", "employee_rep": "hvem-med"}, "all": "hvem-med", "order": ["hvem-med"], "audience": {"leader": 14, "employee_rep": 8}, "floors": {"people": 5, "quotes": 8, "audience": 10}, "retention": {"detach_after_days": 14, "delete_replies_after_days": 40}}','2018-10-20 05:30:00.000000','{"asked": 22, "not_reached": 0}','2018-11-15 06:30:00.000000');
INSERT INTO "rounds" VALUES(3,'landsbyen-2018','2018-W41',1,'hvornaar','retning','2018-10-09 07:30:00.000000','2018-10-12 08:00:00.000000','2018-10-12 08:00:00.000000','{"title": {"da": "Landsbykonference", "en": "Village conference"}, "timezone": "Europe/Copenhagen", "language": "da", "theme": {"id": "retning", "title": {"da": "Retning", "en": "Direction"}}, "questions": {"hvornaar": {"da": "Hvorn\u00e5r er vi der?", "en": "When do we arrive?"}}, "by_role": {"leader": "hvornaar", "employee_rep": "hvornaar"}, "all": "hvornaar", "order": ["hvornaar"], "audience": {"leader": 14, "employee_rep": 8}, "floors": {"people": 5, "quotes": 8, "audience": 10}, "retention": {"detach_after_days": 14, "delete_replies_after_days": 40}}','2018-10-26 08:00:00.000000','{"asked": 22, "not_reached": 0}',NULL);
INSERT INTO "rounds" VALUES(4,'landsbyen-2018','2018-W43',1,'hvad-nu','sammenhold','2018-10-23 07:30:00.000000','2018-10-26 08:00:00.000000','2018-10-26 08:00:00.000000','{"title": {"da": "Landsbykonference", "en": "Village conference"}, "timezone": "Europe/Copenhagen", "language": "da", "theme": {"id": "sammenhold", "title": {"da": "Sammenhold", "en": "Togetherness"}}, "questions": {"hvad-nu": {"da": "Hvad nu?", "en": "What now?"}}, "by_role": {"leader": "hvad-nu", "employee_rep": "hvad-nu"}, "all": "hvad-nu", "order": ["hvad-nu"], "audience": {"leader": 14, "employee_rep": 8}, "floors": {"people": 5, "quotes": 8, "audience": 10}, "retention": {"detach_after_days": 14, "delete_replies_after_days": 40}}','2018-11-09 09:00:00.000000','{"asked": 22, "not_reached": 0}',NULL);
INSERT INTO "rounds" VALUES(5,'landsbyen-2018','2018-W44',1,'hvordan','retning','2018-10-30 08:30:00.000000','2018-11-02 09:00:00.000000','2018-11-02 09:00:00.000000','{"title": {"da": "Landsbykonference", "en": "Village conference"}, "timezone": "Europe/Copenhagen", "language": "da", "theme": {"id": "retning", "title": {"da": "Retning", "en": "Direction"}}, "questions": {"hvordan": {"da": "Hvordan kommer vi frem?", "en": "How do we get there?"}}, "by_role": {"leader": "hvordan", "employee_rep": "hvordan"}, "all": "hvordan", "order": ["hvordan"], "audience": {"leader": 14, "employee_rep": 8}, "floors": {"people": 5, "quotes": 8, "audience": 10}, "retention": {"detach_after_days": 14, "delete_replies_after_days": 40}}',NULL,NULL,NULL);
INSERT INTO "rounds" VALUES(6,'landsbyen-2018','2018-W45',1,'hvorfor','sammenhold','2018-11-06 08:30:00.000000','2018-11-09 09:00:00.000000','2018-11-09 09:00:00.000000','{"title": {"da": "Landsbykonference", "en": "Village conference"}, "timezone": "Europe/Copenhagen", "language": "da", "theme": {"id": "sammenhold", "title": {"da": "Sammenhold", "en": "Togetherness"}}, "questions": {"hvorfor": {"da": "Hvorfor g\u00e5r vi?", "en": "Why do we go?"}}, "by_role": {"leader": "hvorfor", "employee_rep": "hvorfor"}, "all": "hvorfor", "order": ["hvorfor"], "audience": {"leader": 14, "employee_rep": 8}, "floors": {"people": 5, "quotes": 8, "audience": 10}, "retention": {"detach_after_days": 14, "delete_replies_after_days": 40}}',NULL,NULL,NULL);
INSERT INTO "rounds" VALUES(7,'landsbyen-2018','2018-W46',1,'hvor-langt','retning','2018-11-13 08:30:00.000000','2018-11-16 09:00:00.000000',NULL,'{"title": {"da": "Landsbykonference", "en": "Village conference"}, "timezone": "Europe/Copenhagen", "language": "da", "theme": {"id": "retning", "title": {"da": "Retning", "en": "Direction"}}, "questions": {"hvor-langt": {"da": "Hvor langt er der?", "en": "How far is it?"}}, "by_role": {"leader": "hvor-langt", "employee_rep": "hvor-langt"}, "all": "hvor-langt", "order": ["hvor-langt"], "audience": {"leader": 10, "employee_rep": 8}, "floors": {"people": 5, "quotes": 8, "audience": 10}, "retention": {"detach_after_days": 14, "delete_replies_after_days": 40}}',NULL,NULL,NULL);
CREATE TABLE seen_events (
	id VARCHAR(255) NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_seen_events PRIMARY KEY (id)
);
INSERT INTO "seen_events" VALUES('Ev43F9A50007','2018-11-15 11:59:00.000000');
INSERT INTO "seen_events" VALUES('Ev0STORED','2018-11-15 12:00:00.000000');
CREATE TABLE traces (
	id INTEGER NOT NULL, 
	token VARCHAR(64), 
	at DATETIME NOT NULL, 
	taken_at DATETIME, 
	wiped_at DATETIME, 
	CONSTRAINT pk_traces PRIMARY KEY (id)
);
INSERT INTO "traces" VALUES(2,NULL,'2018-10-12 08:00:00.000000','2018-10-12 08:00:00.000000','2018-10-12 08:00:00.000000');
INSERT INTO "traces" VALUES(3,NULL,'2018-10-20 05:30:00.000000','2018-10-20 05:30:00.000000','2018-10-20 05:30:00.000000');
INSERT INTO "traces" VALUES(4,NULL,'2018-10-26 08:00:00.000000','2018-10-26 08:00:00.000000','2018-10-26 08:00:00.000000');
INSERT INTO "traces" VALUES(5,NULL,'2018-10-30 06:30:00.000000','2018-10-30 06:30:00.000000','2018-10-30 06:30:00.000000');
INSERT INTO "traces" VALUES(6,NULL,'2018-11-02 13:00:00.000000','2018-11-02 13:01:00.000000','2018-11-02 13:01:00.000000');
INSERT INTO "traces" VALUES(7,NULL,'2018-11-08 06:30:00.000000','2018-11-08 06:30:00.000000','2018-11-08 06:30:00.000000');
INSERT INTO "traces" VALUES(8,NULL,'2018-11-09 09:00:00.000000','2018-11-09 09:00:00.000000','2018-11-09 09:00:00.000000');
INSERT INTO "traces" VALUES(9,NULL,'2018-11-09 09:00:00.000000','2018-11-09 09:00:00.000000','2018-11-09 09:00:00.000000');
INSERT INTO "traces" VALUES(10,'33c75c4b932251a9d0229fd0cd83ff3ef65195733469a1a92ad7bf8a3eaef99f','2018-11-09 09:01:00.000000','2018-11-09 13:00:00.000000','2018-11-09 13:00:00.000000');
INSERT INTO "traces" VALUES(11,'9168b23feb27c63cc37092a0a852c25cf521d8d9da5a4d08ada246359802db81','2018-11-09 09:01:00.000000','2018-11-09 13:00:00.000000','2018-11-09 13:00:00.000000');
INSERT INTO "traces" VALUES(12,'49f61fd5332afab461f3475b135fb8a2e71f78d919fc68442ca46b40c0d9cdc0','2018-11-09 09:01:00.000000','2018-11-09 13:00:00.000000','2018-11-09 13:00:00.000000');
INSERT INTO "traces" VALUES(13,'2e506b80da633e7e1f664178f77d14e4bcc62ae86e8e7c8394bdb893ca9d3d3e','2018-11-15 12:00:00.000000','2018-11-09 13:00:00.000000','2018-11-09 13:00:00.000000');
INSERT INTO "traces" VALUES(14,NULL,'2018-11-15 06:30:00.000000','2018-11-15 06:30:00.000000','2018-11-15 06:30:00.000000');
INSERT INTO "traces" VALUES(15,'c0f987aa5ecc7766c281ed3b1e54a0c87a5d03565b544a42633d462a8d2d5396','2018-11-15 12:00:00.000000',NULL,NULL);
CREATE INDEX ix_outbox_state_due ON outbox (state, next_at);
CREATE INDEX ix_replies_round_id ON replies (round_id);
CREATE INDEX ix_quotes_digest_id ON quotes (digest_id);
COMMIT;
