-- The rows of the reference database: made up, the same every time, every foreign key and check
-- respected. Five of the 22 rows of auth.users have none in public.users. Loads after public.sql.

BEGIN;

-- The names are UTF-8, whatever the locale of the client.
SET LOCAL client_encoding = 'UTF8';

-- Schema auth. The passwords are real bcrypt hashes: of 'correct horse 0' for the first user, and so on.

INSERT INTO auth.users (
    instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, invited_at,
    confirmation_token, confirmation_sent_at, recovery_token, recovery_sent_at,
    email_change_token_new, email_change, email_change_sent_at, last_sign_in_at,
    raw_app_meta_data, raw_user_meta_data, is_super_admin, created_at, updated_at, phone,
    phone_confirmed_at, phone_change, phone_change_token, phone_change_sent_at,
    email_change_token_current, email_change_confirm_status, banned_until,
    reauthentication_token, reauthentication_sent_at, is_sso_user, deleted_at, is_anonymous
) VALUES
    (
        '00000000-0000-0000-0000-000000000000', '1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd', 'authenticated',
        'authenticated', 'ada.okafor@example.com', '$2a$06$pHODSxCMs7Cofp4eU4.7OuxtOv0kBVHGX8fNiBpjae2fiEpJfqx4q',
        '2025-06-02 07:16:16+00', NULL, '', '2025-06-02 07:12:07+00',
        '16c4cdf4386ae15fee0c26151be62d28dca19f118cd3c5e1e6aae755', '2025-09-29 07:12:05+00', '', '', NULL,
        '2025-09-28 07:12:05+00', '{"provider": "email", "providers": ["email"]}',
        '{"first_name": "Ada", "last_name": "Okafor"}', false, '2025-06-02 07:12:05+00',
        '2025-09-28 07:12:05.037000+00', '12025550100', '2025-06-02 08:12:05+00', '', '', NULL, '', 0, NULL, '', NULL,
        false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', 'c753246c-a738-44bf-a3c6-0e5e50a20ff2', 'authenticated',
        'authenticated', 'bjorn.lindstrom@example.com', NULL, '2025-06-08 13:23:28.104729+00', NULL, '', NULL, '',
        NULL, '', '', NULL, '2025-09-29 16:55:24.452843+00', '{"provider": "google", "providers": ["google"]}',
        '{"iss": "https://accounts.google.com", "sub": "100000000000000007919", "name": "Björn Lindström", "email": "bjorn.lindstrom@example.com", "picture": "https://pictures.example.com/1.png", "email_verified": true, "phone_verified": false}',
        NULL, '2025-06-08 13:23:28.104729+00', '2025-09-29 16:55:24.489843+00', NULL, NULL, '', '', NULL, '', 0, NULL,
        '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '49065979-a268-42d3-a5d7-ec3c2fee4489', 'authenticated',
        'authenticated', 'chloe.dubois@example.com', '$2a$06$ZCVYgxpnwRyp2QusnTBzBubua3mU2TdMUkHm9obb16evE/rk0nGgW',
        '2025-06-14 08:01:02.209458+00', NULL, '', '2025-06-14 07:54:53.209458+00', '',
        '2025-09-29 12:30:59.002002+00', '', '', NULL, '2025-09-30 14:58:43.905686+00',
        '{"provider": "email", "providers": ["email"]}', '{"first_name": "Chloé", "last_name": "Dubois"}', NULL,
        '2025-06-14 07:54:51.209458+00', '2025-09-30 14:58:43.942686+00', NULL, NULL, '', '', NULL, '', 2, NULL, '',
        NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '46b93655-fa30-45f0-af74-54abd7ca0f73', 'authenticated',
        'authenticated', 'dmitri.ivanov@example.com', NULL, '2025-06-20 14:05:14.314187+00', NULL, '', NULL, '', NULL,
        'd56957c9c4e68fec8aa41bfa1d0bcffb828255c7ce0fb7f06d8642fe', 'dmitri@example.org', '2025-09-30 09:51:32+00',
        '2025-10-01 13:02:02.358529+00', '{"provider": "google", "providers": ["google"]}',
        '{"iss": "https://accounts.google.com", "sub": "100000000000000023757", "name": "Dmitri Ivanov", "email": "dmitri.ivanov@example.com", "picture": "https://pictures.example.com/3.png", "email_verified": true, "phone_verified": false}',
        NULL, '2025-06-20 14:05:14.314187+00', '2025-10-01 13:02:02.395529+00', NULL, NULL, '', '', NULL,
        '9766be2256f27001f7487499834ff933a5b438328ee2162d9768214a', 1, NULL, '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '3858c52a-e80f-45e8-a9aa-853ec9f6bd4a', 'authenticated',
        'authenticated', 'elena.garcia@example.com', '$2a$06$Pera.NwDmJISWxXguLtmwuQ.Lq9.bjUIHTSRZV3mzoRO208zkn1mq',
        '2025-06-26 08:44:48.418916+00', NULL, '', '2025-06-26 08:36:39.418916+00', '', NULL, '', '', NULL,
        '2025-10-02 11:04:21.811372+00', '{"provider": "email", "providers": ["email"]}',
        '{"first_name": "Elena", "last_name": "García"}', NULL, '2025-06-26 08:36:37.418916+00',
        '2025-10-02 11:04:21.848372+00', '34600555004', NULL, '12025550199', '482913', '2025-10-01 10:45:01.250000+00',
        '', 0, NULL, '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', 'cd2550b8-daaa-4a1e-a561-9584521c596f', 'authenticated',
        'authenticated', 'farid.haddad@example.com', '$2a$06$KM6oeQu7GUKsgTnXx8hr4uid.Upt.9OyWnVSy1QdFQvtT9k4hFbnu',
        '2025-07-02 14:48:00.523645+00', NULL, '', NULL, '', NULL, '', '', NULL, '2025-10-03 09:07:40.264215+00',
        '{"provider": "google", "providers": ["google"]}',
        '{"iss": "https://accounts.google.com", "sub": "100000000000000039595", "name": "Farid Haddad", "email": "farid.haddad@example.com", "picture": "https://pictures.example.com/5.png", "email_verified": true, "phone_verified": false}',
        NULL, '2025-07-02 14:48:00.523645+00', '2025-10-03 09:07:40.301215+00', NULL, NULL, '', '', NULL, '', 0, NULL,
        '730155', '2025-10-02 11:37:30+00', false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '1d2835dc-82e5-499c-a8e7-6d1a6de2fd78', 'authenticated',
        'authenticated', 'grace.kim@example.com', '$2a$06$s1VBZ8PxzCfV5mPChjS3Nulpc9V5v4VIRgT8gGNLBRiLms6Jz//rC', NULL,
        NULL, 'c3edda5de8305265d3cc341b134dfc0469994c8363505f38ed5e3211', '2025-07-08 09:18:25.628374+00', '', NULL,
        '', '', NULL, NULL, '{"provider": "email", "providers": ["email"]}',
        '{"first_name": "Grace", "last_name": "Kim"}', NULL, '2025-07-08 09:18:23.628374+00',
        '2025-07-08 09:18:23.628374+00', NULL, NULL, '', '', NULL, '', 0, NULL, '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', 'ec38cf0b-58d7-473b-a3a6-072e24bbb6e2', 'authenticated',
        'authenticated', 'hiroshi.user@example.com', '', '2025-07-14 15:29:46.733103+00', NULL, '', NULL, '', NULL, '',
        '', NULL, '2025-10-05 16:53:18.169901+00', '{"provider": "google", "providers": ["google"]}',
        '{"iss": "https://accounts.google.com", "sub": "100000000000000055433", "name": "Hiroshi 田中", "email": "hiroshi.user@example.com", "picture": "https://pictures.example.com/7.png", "email_verified": true, "phone_verified": false}',
        NULL, '2025-07-14 15:29:46.733103+00', '2025-10-05 16:53:18.206901+00', NULL, NULL, '', '', NULL, '', 0, NULL,
        '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '9478b3c4-d525-498f-a069-3e7b7bb447f4', 'authenticated',
        'authenticated', 'ines.oneill@example.com', '$2a$06$RtwpaE2hk/VUlRfBaxsPHuVu/Tkqm81LNhLevfemrq.aw8vHZlHfe',
        '2025-07-20 10:12:20.837832+00', NULL, '', '2025-07-20 10:00:11.837832+00', '', NULL, '', '', NULL,
        '2025-10-06 14:56:37.622744+00', '{"provider": "email", "providers": ["email"]}',
        '{"first_name": "Ines", "last_name": "O''Neill"}', NULL, '2025-07-20 10:00:09.837832+00',
        '2025-10-06 14:56:37.659744+00', '353861230008', '2025-07-20 11:00:09.837832+00', '', '', NULL, '', 0, NULL,
        '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', 'a750aecc-ad3d-4591-aeba-e8ea047d873a', 'authenticated',
        'authenticated', 'jamal.washington@example.com',
        '$2a$06$Uow/OkFB2.V8178Umy0L0u/8lqF9pTXmE.rBhZeS0PouwdwPiDcKS', '2025-07-26 16:11:32.942561+00', NULL, '',
        NULL, '', NULL, '', '', NULL, '2025-10-07 12:59:56.075587+00',
        '{"provider": "google", "providers": ["google"]}',
        '{"iss": "https://accounts.google.com", "sub": "100000000000000071271", "name": "Jamal Washington", "email": "jamal.washington@example.com", "picture": "https://pictures.example.com/9.png", "email_verified": true, "phone_verified": false}',
        NULL, '2025-07-26 16:11:32.942561+00', '2025-10-07 12:59:56.112587+00', NULL, NULL, '', '', NULL, '', 0, NULL,
        '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '52423023-28b3-4cbe-aab9-de261e39e2ce', 'authenticated',
        'authenticated', 'katarzyna.zak@example.com', '$2a$06$C4UIdTxfQ7IZiK9EVF2b0uSz8PoJYzeVvAkXfyNQNqIUDgJ09Ct/2',
        '2025-08-01 10:57:06.047290+00', '2025-08-01 10:42:55.047290+00', '', '2025-08-01 10:42:57.047290+00', '',
        NULL, '', '', NULL, '2025-10-08 11:02:15.528430+00', '{"provider": "email", "providers": ["email"]}',
        '{"first_name": "Katarzyna", "last_name": "Żak"}', NULL, '2025-08-01 10:42:55.047290+00',
        '2025-10-08 11:02:15.565430+00', NULL, NULL, '', '', NULL, '', 0, NULL, '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '32523530-86f8-470a-a2db-ac888ec45f97', 'authenticated',
        'authenticated', 'liam.murphy@example.com', NULL, '2025-08-07 16:53:18.152019+00', NULL, '', NULL, '', NULL,
        '', '', NULL, '2025-10-09 09:05:34.981273+00', '{"provider": "google", "providers": ["google"]}',
        '{"iss": "https://accounts.google.com", "sub": "100000000000000087109", "name": "Liam Murphy", "email": "liam.murphy@example.com", "picture": "https://pictures.example.com/11.png", "email_verified": true, "phone_verified": false}',
        NULL, '2025-08-07 16:53:18.152019+00', '2025-10-09 09:05:35.018273+00', NULL, NULL, '', '', NULL, '', 0, NULL,
        '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '87bfe187-56f0-4da9-a740-1e55d85b63ef', 'authenticated',
        'authenticated', 'mei.user@example.com', '$2a$06$rmzPWTR4wOmFVbzJHTGDmu/eDSB/FD7Unor98D4kPhObWHd5Bl4Ga',
        '2025-08-13 11:40:52.256748+00', NULL, '', '2025-08-13 11:24:43.256748+00',
        '26c677671bd16e9d7299b5133cca6c8737dfb7f07c34865a30734afa', '2025-09-29 15:40:29.012012+00', '', '', NULL,
        '2025-10-10 18:48:53.434116+00', '{"provider": "email", "providers": ["email"]}',
        '{"first_name": "Mei", "last_name": "陳"}', NULL, '2025-08-13 11:24:41.256748+00',
        '2025-10-10 18:48:53.471116+00', '886900555012', NULL, '', '', NULL, '', 0, NULL, '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '866396dc-62bc-4b14-a4de-fdc8cf0eb018', 'authenticated',
        'authenticated', 'noah.schmidt@example.com', '$2a$06$IsknrImbzp1IoU.Os/AKhunM0VRx8wSvY2CxC0YEa1Q0iXh6Nx2oS',
        NULL, NULL, '', NULL, '', NULL, '', '', NULL, '2025-10-11 16:51:12.886959+00',
        '{"provider": "google", "providers": ["google"]}',
        '{"iss": "https://accounts.google.com", "sub": "100000000000000102947", "name": "Noah Schmidt", "email": "noah.schmidt@example.com", "picture": "https://pictures.example.com/13.png", "email_verified": true, "phone_verified": false}',
        NULL, '2025-08-19 17:36:04.361477+00', '2025-10-11 16:51:12.923959+00', NULL, NULL, '', '', NULL, '', 0, NULL,
        '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', 'fa28a70d-5b52-474a-ac47-76507fe4437a', 'authenticated',
        'authenticated', 'olivia.brown@example.com', '$2a$06$5hIX8nKGjisRmXBvj94G4uVeCJW1.5KgE03vuwDyWebSoUywPbVZW',
        '2025-08-25 12:24:38.466206+00', NULL, '', '2025-08-25 12:06:29.466206+00', '', NULL, '', '', NULL,
        '2025-10-12 14:54:31.339802+00', '{"provider": "email", "providers": ["email"]}', '{}', NULL,
        '2025-08-25 12:06:27.466206+00', '2025-10-12 14:54:31.376802+00', NULL, NULL, '', '', NULL, '', 0, NULL, '',
        NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '37a5e3f6-98f6-4467-a7a6-43e3ca7f70f5', 'authenticated',
        'authenticated', 'priya.sharma@example.com', '', '2025-08-31 18:17:50.570935+00', NULL, '', NULL, '', NULL, '',
        '', NULL, '2025-10-13 12:57:50.792645+00', '{"provider": "google", "providers": ["google"]}',
        '{"iss": "https://accounts.google.com", "sub": "100000000000000118785", "name": "Priya Sharma", "email": "priya.sharma@example.com", "picture": "https://pictures.example.com/15.png", "email_verified": true, "phone_verified": false}',
        NULL, '2025-08-31 18:17:50.570935+00', '2025-10-13 12:57:50.829645+00', NULL, NULL, '', '', NULL, '', 0, NULL,
        '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '340bd970-2ccc-4512-ad6a-bf022208eec2', 'authenticated',
        'authenticated', 'quentin.leroy@example.com', '$2a$06$cwEF.Vn6XSNnJyoFYjtD7uIBHom.s9PWCRnfffbtnuJprO6LDj5nK',
        '2025-09-06 13:08:24.675664+00', '2025-09-06 12:48:13.675664+00', '', '2025-09-06 12:48:15.675664+00', '',
        NULL, '', '', NULL, '2025-10-14 11:00:09.245488+00', '{"provider": "email", "providers": ["email"]}',
        '{"first_name": "Quentin", "last_name": "Leroy"}', NULL, '2025-09-06 12:48:13.675664+00',
        '2025-10-14 11:00:09.282488+00', NULL, NULL, '', '', NULL, '', 0, NULL, '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', 'b8227335-f918-424e-a646-27935fda384c', 'authenticated',
        'authenticated', 'rosa.martinez@example.com', NULL, '2025-09-12 07:19:36.780393+00', NULL, '', NULL, '', NULL,
        '', '', NULL, '2025-10-15 09:03:28.698331+00', '{"provider": "google", "providers": ["google"]}',
        '{"iss": "https://accounts.google.com", "sub": "100000000000000134623", "name": "Rosa Martínez", "email": "rosa.martinez@example.com", "picture": "https://pictures.example.com/17.png", "email_verified": true, "phone_verified": false}',
        NULL, '2025-09-12 07:19:36.780393+00', '2025-10-15 09:03:28.735331+00', NULL, NULL, '', '', NULL, '', 0, NULL,
        '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '5dad3c06-cab2-4b97-a5d3-3c4e0f0d4f44', 'authenticated',
        'authenticated', 'sven.aberg@example.com', '$2a$06$4zirdETBfcCdE10PJ7js.uTjeagYCTolLJLpjjVB3pWfmFr451zvK',
        '2025-09-18 13:53:10.885122+00', NULL, '', '2025-09-18 13:31:01.885122+00', '', NULL, '', '', NULL,
        '2025-10-16 18:46:47.151174+00', '{"provider": "email", "providers": ["email"]}',
        '{"first_name": "Sven", "last_name": "Åberg"}', NULL, '2025-09-18 13:30:59.885122+00',
        '2025-10-16 18:46:47.188174+00', NULL, NULL, '', '', NULL, '', 0, '2026-01-01 00:00:00+00', '', NULL, false,
        NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '633b2cae-5414-4813-aec3-4e869dbeebcb', 'authenticated',
        'authenticated', 'tomas.nunez@example.com', NULL, '2025-09-24 08:01:22.989851+00', NULL, '', NULL, '', NULL,
        '', '', NULL, '2025-10-17 16:49:06.604017+00', '{"provider": "google", "providers": ["google"]}',
        '{"iss": "https://accounts.google.com", "sub": "100000000000000150461", "name": "Tomás Nuñez", "email": "tomas.nunez@example.com", "picture": "https://pictures.example.com/19.png", "email_verified": true, "phone_verified": false}',
        NULL, '2025-09-24 08:01:22.989851+00', '2025-10-17 16:49:06.641017+00', NULL, NULL, NULL, '', NULL, '', 0,
        NULL, NULL, NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', 'ac0a5466-1862-4213-a771-b8d81c1d2787', 'authenticated',
        'authenticated', 'uma.patel@example.com', '$2a$06$FryP5At0fvKT.Q/M00oSRuO7VLGmmH6ebvid1y0lsCJq5rBldHyqS', NULL,
        NULL, 'd15c3036ca4d1631f813a7e4984ba78c4b5a4f7a3409e8272d339d3b', '2025-09-30 14:12:47.094580+00', '', NULL,
        '', '', NULL, NULL, '{"provider": "email", "providers": ["email"]}',
        '{"first_name": "Uma", "last_name": "Patel"}', NULL, '2025-09-30 14:12:45.094580+00',
        '2025-09-30 14:12:45.094580+00', NULL, NULL, '', '', NULL, '', 0, NULL, '', NULL, false, NULL, false
    ),
    (
        '00000000-0000-0000-0000-000000000000', '6bba0028-e5ea-4215-ab59-f76b20ad4761', 'authenticated',
        'authenticated', 'victor.hugo@example.com', NULL, '2025-10-06 08:43:08.199309+00', NULL, '', NULL, '', NULL,
        '', '', NULL, '2025-10-08 08:59:03.000005+00', '{"provider": "google", "providers": ["google"]}',
        '{"iss": "https://accounts.google.com", "sub": "100000000000000166299", "name": "Victor Hugo", "email": "victor.hugo@example.com", "picture": "https://pictures.example.com/21.png", "email_verified": true, "phone_verified": false}',
        NULL, '2025-10-06 08:43:08.199309+00', '2025-10-10 14:05:14+00', NULL, NULL, '', '', NULL, '', 0, NULL, '',
        NULL, false, '2025-10-10 14:05:14+00', false
    );

INSERT INTO auth.identities (
    provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at, id
) VALUES
    (
        '1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd', '1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd',
        '{"sub": "1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd", "email": "ADA.OKAFOR@EXAMPLE.COM", "email_verified": true, "phone_verified": false}',
        'email', '2025-09-28 07:12:05+00', '2025-06-02 07:12:05+00', '2025-09-28 07:12:05.037000+00',
        '46e4db23-7b06-4bb0-a9d2-4953d8dcc741'
    ),
    (
        '100000000000000007919', 'c753246c-a738-44bf-a3c6-0e5e50a20ff2',
        '{"sub": "100000000000000007919", "email": "bjorn.lindstrom@example.com", "email_verified": true, "phone_verified": false, "iss": "https://accounts.google.com", "name": "Björn Lindström", "provider_id": "100000000000000007919"}',
        'google', '2025-09-29 16:55:24.452843+00', '2025-06-08 13:23:28.104729+00', '2025-09-29 16:55:24.489843+00',
        'd42f58bf-6dd2-4ea2-a6a5-fb83070cd722'
    ),
    (
        '49065979-a268-42d3-a5d7-ec3c2fee4489', '49065979-a268-42d3-a5d7-ec3c2fee4489',
        '{"sub": "49065979-a268-42d3-a5d7-ec3c2fee4489", "email": "chloe.dubois@example.com", "email_verified": true, "phone_verified": false}',
        'email', '2025-09-30 14:58:43.905686+00', '2025-06-14 07:54:51.209458+00', '2025-09-30 14:58:43.942686+00',
        'c399ebed-5938-47e4-aaa6-6ce856f18707'
    ),
    (
        '100000000000000023757', '46b93655-fa30-45f0-af74-54abd7ca0f73',
        '{"sub": "100000000000000023757", "email": "dmitri.ivanov@example.com", "email_verified": true, "phone_verified": false, "iss": "https://accounts.google.com", "name": "Dmitri Ivanov", "provider_id": "100000000000000023757"}',
        'google', '2025-10-01 13:02:02.358529+00', '2025-06-20 14:05:14.314187+00', '2025-10-01 13:02:02.395529+00',
        '640201f0-5a84-4e8f-a232-52db5ee7f213'
    ),
    (
        '3858c52a-e80f-45e8-a9aa-853ec9f6bd4a', '3858c52a-e80f-45e8-a9aa-853ec9f6bd4a',
        '{"sub": "3858c52a-e80f-45e8-a9aa-853ec9f6bd4a", "email": "elena.garcia@example.com", "email_verified": true, "phone_verified": false}',
        'email', '2025-10-02 11:04:21.811372+00', NULL, NULL, 'b6fdf5c3-72b2-40f7-ad45-dee2fa53c0c8'
    ),
    (
        '100000000000000039595', 'cd2550b8-daaa-4a1e-a561-9584521c596f',
        '{"sub": "100000000000000039595", "email": "farid.haddad@example.com", "email_verified": true, "phone_verified": false, "iss": "https://accounts.google.com", "name": "Farid Haddad", "provider_id": "100000000000000039595"}',
        'google', '2025-10-03 09:07:40.264215+00', '2025-07-02 14:48:00.523645+00', '2025-10-03 09:07:40.301215+00',
        '4d19d680-febd-4c4d-a0de-b89d8217ed51'
    ),
    (
        '1d2835dc-82e5-499c-a8e7-6d1a6de2fd78', '1d2835dc-82e5-499c-a8e7-6d1a6de2fd78',
        '{"sub": "1d2835dc-82e5-499c-a8e7-6d1a6de2fd78", "email": "GRACE.KIM@EXAMPLE.COM", "email_verified": false, "phone_verified": false}',
        'email', NULL, '2025-07-08 09:18:23.628374+00', '2025-07-08 09:18:23.628374+00',
        '9ce77eb3-ba26-4bea-a160-0614aafae3aa'
    ),
    (
        '100000000000000055433', 'ec38cf0b-58d7-473b-a3a6-072e24bbb6e2',
        '{"sub": "100000000000000055433", "email": "hiroshi.user@example.com", "email_verified": true, "phone_verified": false, "iss": "https://accounts.google.com", "name": "Hiroshi 田中", "provider_id": "100000000000000055433"}',
        'google', '2025-10-05 16:53:18.169901+00', '2025-07-14 15:29:46.733103+00', '2025-10-05 16:53:18.206901+00',
        '0c4f74b3-2da2-423a-a0a8-8cfe250b2e00'
    ),
    (
        '9478b3c4-d525-498f-a069-3e7b7bb447f4', '9478b3c4-d525-498f-a069-3e7b7bb447f4',
        '{"sub": "9478b3c4-d525-498f-a069-3e7b7bb447f4", "email": "ines.oneill@example.com", "email_verified": true, "phone_verified": false}',
        'email', '2025-10-06 14:56:37.622744+00', '2025-07-20 10:00:09.837832+00', '2025-10-06 14:56:37.659744+00',
        '37f595f2-e819-4cf5-ac07-e823d9a0e678'
    ),
    (
        '100000000000000071271', 'a750aecc-ad3d-4591-aeba-e8ea047d873a',
        '{"sub": "100000000000000071271", "email": "jamal.washington@example.com", "email_verified": true, "phone_verified": false, "iss": "https://accounts.google.com", "name": "Jamal Washington", "provider_id": "100000000000000071271"}',
        'google', '2025-10-07 12:59:56.075587+00', '2025-07-26 16:11:32.942561+00', NULL,
        '947321a9-df8f-4e70-ae7b-d76f2b4dcc8a'
    ),
    (
        '52423023-28b3-4cbe-aab9-de261e39e2ce', '52423023-28b3-4cbe-aab9-de261e39e2ce',
        '{"sub": "52423023-28b3-4cbe-aab9-de261e39e2ce", "email": "katarzyna.zak@example.com", "email_verified": true, "phone_verified": false}',
        'email', '2025-10-08 11:02:15.528430+00', '2025-08-01 10:42:55.047290+00', '2025-10-08 11:02:15.565430+00',
        '22cb9225-39e3-4be9-a305-c7bffd2abac4'
    ),
    (
        '100000000000000087109', '32523530-86f8-470a-a2db-ac888ec45f97',
        '{"sub": "100000000000000087109", "email": "liam.murphy@example.com", "email_verified": true, "phone_verified": false, "iss": "https://accounts.google.com", "name": "Liam Murphy", "provider_id": "100000000000000087109"}',
        'google', '2025-10-09 09:05:34.981273+00', '2025-08-07 16:53:18.152019+00', '2025-10-09 09:05:35.018273+00',
        'f0cb8e4f-f876-4acb-a158-9ccd32bc7e8c'
    ),
    (
        '87bfe187-56f0-4da9-a740-1e55d85b63ef', '87bfe187-56f0-4da9-a740-1e55d85b63ef',
        '{"sub": "87bfe187-56f0-4da9-a740-1e55d85b63ef", "email": "MEI.USER@EXAMPLE.COM", "email_verified": true, "phone_verified": false}',
        'email', '2025-10-10 18:48:53.434116+00', '2025-08-13 11:24:41.256748+00', '2025-10-10 18:48:53.471116+00',
        'c5cedfd0-1902-4536-ad80-9d6d1fccf594'
    ),
    (
        '100000000000000102947', '866396dc-62bc-4b14-a4de-fdc8cf0eb018',
        '{"sub": "100000000000000102947", "email": "noah.schmidt@example.com", "email_verified": false, "phone_verified": false, "iss": "https://accounts.google.com", "name": "Noah Schmidt", "provider_id": "100000000000000102947"}',
        'google', '2025-10-11 16:51:12.886959+00', '2025-08-19 17:36:04.361477+00', '2025-10-11 16:51:12.923959+00',
        'b99af44a-f69e-496d-a142-b56e6ac6cb36'
    ),
    (
        'fa28a70d-5b52-474a-ac47-76507fe4437a', 'fa28a70d-5b52-474a-ac47-76507fe4437a',
        '{"sub": "fa28a70d-5b52-474a-ac47-76507fe4437a", "email": "olivia.brown@example.com", "email_verified": true, "phone_verified": false}',
        'email', '2025-10-12 14:54:31.339802+00', '2025-08-25 12:06:27.466206+00', '2025-10-12 14:54:31.376802+00',
        'f2c80ed7-29ad-4442-aca5-921e62dd22cc'
    ),
    (
        '100000000000000118785', '37a5e3f6-98f6-4467-a7a6-43e3ca7f70f5',
        '{"sub": "100000000000000118785", "email": "priya.sharma@example.com", "email_verified": true, "phone_verified": false, "iss": "https://accounts.google.com", "name": "Priya Sharma", "provider_id": "100000000000000118785"}',
        'google', '2025-10-13 12:57:50.792645+00', '2025-08-31 18:17:50.570935+00', '2025-10-13 12:57:50.829645+00',
        '6ec19848-b81e-4d33-a0f8-9634ef02d5cc'
    ),
    (
        '340bd970-2ccc-4512-ad6a-bf022208eec2', '340bd970-2ccc-4512-ad6a-bf022208eec2',
        '{"sub": "340bd970-2ccc-4512-ad6a-bf022208eec2", "email": "quentin.leroy@example.com", "email_verified": true, "phone_verified": false}',
        'email', '2025-10-14 11:00:09.245488+00', '2025-09-06 12:48:13.675664+00', '2025-10-14 11:00:09.282488+00',
        '9696889c-399c-4521-a0a9-285c365db368'
    ),
    (
        '100000000000000134623', 'b8227335-f918-424e-a646-27935fda384c',
        '{"sub": "100000000000000134623", "email": "rosa.martinez@example.com", "email_verified": true, "phone_verified": false, "iss": "https://accounts.google.com", "name": "Rosa Martínez", "provider_id": "100000000000000134623"}',
        'google', '2025-10-15 09:03:28.698331+00', '2025-09-12 07:19:36.780393+00', '2025-10-15 09:03:28.735331+00',
        'd6982001-e7b8-4cd2-a701-3fc665e5e229'
    ),
    (
        '5dad3c06-cab2-4b97-a5d3-3c4e0f0d4f44', '5dad3c06-cab2-4b97-a5d3-3c4e0f0d4f44',
        '{"sub": "5dad3c06-cab2-4b97-a5d3-3c4e0f0d4f44", "email": "SVEN.ABERG@EXAMPLE.COM", "email_verified": true, "phone_verified": false}',
        'email', '2025-10-16 18:46:47.151174+00', '2025-09-18 13:30:59.885122+00', '2025-10-16 18:46:47.188174+00',
        '7acaf76a-3c54-4dc5-aea2-149e897d5f53'
    ),
    (
        '100000000000000150461', '633b2cae-5414-4813-aec3-4e869dbeebcb',
        '{"sub": "100000000000000150461", "email": "tomas.nunez@example.com", "email_verified": true, "phone_verified": false, "iss": "https://accounts.google.com", "name": "Tomás Nuñez", "provider_id": "100000000000000150461"}',
        'google', '2025-10-17 16:49:06.604017+00', '2025-09-24 08:01:22.989851+00', '2025-10-17 16:49:06.641017+00',
        'b457108c-d0fa-434a-a2b7-31c2e4a1637b'
    ),
    (
        'ac0a5466-1862-4213-a771-b8d81c1d2787', 'ac0a5466-1862-4213-a771-b8d81c1d2787',
        '{"sub": "ac0a5466-1862-4213-a771-b8d81c1d2787"}', 'email', NULL, '2025-09-30 14:12:45.094580+00',
        '2025-09-30 14:12:45.094580+00', '263b23cf-ebde-421e-acaa-26189078befb'
    ),
    (
        '100000000000000166299', '6bba0028-e5ea-4215-ab59-f76b20ad4761',
        '{"sub": "100000000000000166299", "email": "victor.hugo@example.com", "email_verified": true, "phone_verified": false, "iss": "https://accounts.google.com", "name": "Victor Hugo", "provider_id": "100000000000000166299"}',
        'google', '2025-10-08 08:59:03.000005+00', '2025-10-06 08:43:08.199309+00', '2025-10-10 14:05:14+00',
        'e954c043-04d8-4e32-a0a4-464f414c8e51'
    );

INSERT INTO auth.sessions (
    id, user_id, created_at, updated_at, factor_id, aal, not_after, refreshed_at, user_agent,
    ip, tag, oauth_client_id
) VALUES
    (
        'd7de61c0-2647-4620-aa1a-ecd0e2cd3d29', '1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd', '2025-09-28 07:12:05+00',
        '2025-09-28 16:12:05+00', NULL, 'aal1', '2025-10-28 07:12:05+00', '2025-09-28 16:12:05',
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
        '203.0.113.17', NULL, NULL
    ),
    (
        '4efd00b5-4a31-4aee-ac20-e122c278c23d', 'c753246c-a738-44bf-a3c6-0e5e50a20ff2',
        '2025-09-29 10:33:18.485863+00', '2025-09-29 19:46:18.485863+00', NULL, 'aal1', NULL,
        '2025-09-29 19:46:18.485863',
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
        '2001:db8:85a3::8a2e:370:7334', NULL, NULL
    ),
    (
        '19010895-543c-4cea-a524-4732f5c79063', '49065979-a268-42d3-a5d7-ec3c2fee4489',
        '2025-09-30 13:54:31.971726+00', '2025-09-30 23:20:31.971726+00', NULL, 'aal1', NULL,
        '2025-09-30 23:20:31.971726',
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
        '198.51.100.0/24', NULL, NULL
    ),
    (
        '3fc899e4-567c-4600-a7c5-3bffea48b0a5', '46b93655-fa30-45f0-af74-54abd7ca0f73',
        '2025-10-01 17:15:44.457589+00', '2025-10-02 02:54:44.457589+00', NULL, 'aal2',
        '2025-10-31 17:15:44.457589+00', '2025-10-02 02:54:44.457589',
        'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', '192.0.2.44', '', NULL
    ),
    (
        '143b4259-06ec-47aa-afb4-b711090ac7d7', '3858c52a-e80f-45e8-a9aa-853ec9f6bd4a',
        '2025-10-02 08:56:57.943452+00', '2025-10-02 08:56:57.943452+00', NULL, 'aal1', NULL, NULL, 'node',
        '2001:db8::1', NULL, NULL
    ),
    (
        '30a5efbd-32e5-4ade-aeb3-522e62fd4ab4', 'cd2550b8-daaa-4a1e-a561-9584521c596f',
        '2025-10-03 12:17:10.429315+00', '2025-10-03 22:22:10.429315+00', NULL, 'aal1', NULL,
        '2025-10-03 22:22:10.429315',
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
        '203.0.113.200', NULL, NULL
    ),
    (
        '940da4e3-4838-4f83-aaf3-27c2f9dcbc5a', 'ec38cf0b-58d7-473b-a3a6-072e24bbb6e2',
        '2025-10-04 15:38:23.915178+00', '2025-10-05 01:56:23.915178+00', NULL, 'aal1',
        '2025-11-03 15:38:23.915178+00', '2025-10-05 01:56:23.915178',
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
        NULL, NULL, NULL
    ),
    (
        '4f3ab8c4-3ad9-44ad-a113-2b61cfd15e2c', '9478b3c4-d525-498f-a069-3e7b7bb447f4',
        '2025-10-05 07:19:36.401041+00', '2025-10-05 17:50:36.401041+00', NULL, 'aal1', NULL,
        '2025-10-05 17:50:36.401041',
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
        '2001:db8:0:7::/64', NULL, NULL
    ),
    (
        '88a3ec7b-6c45-4ab1-a0fc-6702b3e88f93', 'a750aecc-ad3d-4591-aeba-e8ea047d873a',
        '2025-10-06 10:40:49.886904+00', '2025-10-06 21:24:49.886904+00', NULL, 'aal2', NULL,
        '2025-10-06 21:24:49.886904', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
        '203.0.113.17', 'kiosk', NULL
    ),
    (
        '60894907-530a-4547-a77a-79e18708515b', '52423023-28b3-4cbe-aab9-de261e39e2ce',
        '2025-10-07 14:02:02.372767+00', '2025-10-07 14:02:02.372767+00', NULL, NULL, '2025-11-06 14:02:02.372767+00',
        NULL, 'node', '2001:db8:85a3::8a2e:370:7334', NULL, NULL
    ),
    (
        '995f1a93-939d-4a6c-ae31-16074666bdb5', '32523530-86f8-470a-a2db-ac888ec45f97',
        '2025-10-08 17:22:15.858630+00', '2025-10-09 04:32:15.858630+00', NULL, 'aal1', NULL,
        '2025-10-09 04:32:15.858630',
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
        '198.51.100.0/24', NULL, NULL
    ),
    (
        '9d5b9ef3-d70d-42e5-a7fb-09b5c02e2738', '87bfe187-56f0-4da9-a740-1e55d85b63ef',
        '2025-10-09 09:03:28.344493+00', '2025-10-09 20:26:28.344493+00', NULL, 'aal1', NULL,
        '2025-10-09 20:26:28.344493', '', '192.0.2.44', NULL, NULL
    ),
    (
        '241a2555-20a6-4ee7-a875-cd9a62f82d97', '1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd',
        '2025-10-10 12:24:41.830356+00', '2025-10-11 00:00:41.830356+00', NULL, 'aal1',
        '2025-11-09 12:24:41.830356+00', '2025-10-11 00:00:41.830356',
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
        '2001:db8::1', NULL, NULL
    ),
    (
        'cfbe45a7-236e-4850-a979-c9d1257ac94a', 'c753246c-a738-44bf-a3c6-0e5e50a20ff2',
        '2025-10-11 15:45:54.316219+00', '2025-10-12 03:34:54.316219+00', NULL, 'aal2', NULL,
        '2025-10-12 03:34:54.316219', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
        '203.0.113.200', NULL, NULL
    ),
    (
        '1205e268-daaa-4228-aee1-e8015d289b88', '49065979-a268-42d3-a5d7-ec3c2fee4489',
        '2025-10-12 07:26:07.802082+00', '2025-10-12 07:26:07.802082+00', NULL, NULL, NULL, NULL, 'node', NULL, NULL,
        NULL
    );

INSERT INTO auth.refresh_tokens (
    instance_id, id, token, user_id, revoked, created_at, updated_at, parent, session_id
) VALUES
    (
        '00000000-0000-0000-0000-000000000000', 1, 'G3yg9CjKPhKmxfz0kA4L8A', '1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd',
        true, '2025-09-28 07:12:05+00', '2025-09-28 10:13:05+00', NULL, 'd7de61c0-2647-4620-aa1a-ecd0e2cd3d29'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 2, 'ylT5UPRxsgzv', 'c753246c-a738-44bf-a3c6-0e5e50a20ff2', true,
        '2025-09-29 10:33:18.485863+00', '2025-09-29 13:34:18.485863+00', NULL, '4efd00b5-4a31-4aee-ac20-e122c278c23d'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 3, '84n7clHMG8XRFIuBLiYAEk', '49065979-a268-42d3-a5d7-ec3c2fee4489',
        true, '2025-09-30 13:54:31.971726+00', '2025-09-30 16:55:31.971726+00', NULL,
        '19010895-543c-4cea-a524-4732f5c79063'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 4, 'KUyQdxpvbkbY', '46b93655-fa30-45f0-af74-54abd7ca0f73', true,
        '2025-10-01 17:15:44.457589+00', '2025-10-01 20:16:44.457589+00', NULL, '3fc899e4-567c-4600-a7c5-3bffea48b0a5'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 5, 'DT1I2QjXjG4uhe3fTIyt8T', '3858c52a-e80f-45e8-a9aa-853ec9f6bd4a',
        true, '2025-10-02 08:56:57.943452+00', '2025-10-02 11:57:57.943452+00', NULL,
        '143b4259-06ec-47aa-afb4-b711090ac7d7'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 6, 'O1XKZ4nbbDuL', 'cd2550b8-daaa-4a1e-a561-9584521c596f', true,
        '2025-10-03 12:17:10.429315+00', '2025-10-03 15:18:10.429315+00', NULL, '30a5efbd-32e5-4ade-aeb3-522e62fd4ab4'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 7, 'tKJ8xyL27VdKOfD7YwRNBe', 'ec38cf0b-58d7-473b-a3a6-072e24bbb6e2',
        true, '2025-10-04 15:38:23.915178+00', '2025-10-04 18:39:23.915178+00', NULL,
        '940da4e3-4838-4f83-aaf3-27c2f9dcbc5a'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 8, 'vJ7kN7jyhN4F', '9478b3c4-d525-498f-a069-3e7b7bb447f4', true,
        '2025-10-05 07:19:36.401041+00', '2025-10-05 10:20:36.401041+00', NULL, '4f3ab8c4-3ad9-44ad-a113-2b61cfd15e2c'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 9, 'SPZvWLapY5yOmqokaGacZe', 'a750aecc-ad3d-4591-aeba-e8ea047d873a',
        true, '2025-10-06 10:40:49.886904+00', '2025-10-06 13:41:49.886904+00', NULL,
        '88a3ec7b-6c45-4ab1-a0fc-6702b3e88f93'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 10, '1kwfMlRwHVQq', '52423023-28b3-4cbe-aab9-de261e39e2ce', true,
        '2025-10-07 14:02:02.372767+00', '2025-10-07 17:03:02.372767+00', NULL, '60894907-530a-4547-a77a-79e18708515b'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 11, 'Xxes89yIsI6hQyry68kecj', '32523530-86f8-470a-a2db-ac888ec45f97',
        true, '2025-10-08 17:22:15.858630+00', '2025-10-08 20:23:15.858630+00', NULL,
        '995f1a93-939d-4a6c-ae31-16074666bdb5'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 12, 'PFE31SbyGxJh', '87bfe187-56f0-4da9-a740-1e55d85b63ef', true,
        '2025-10-09 09:03:28.344493+00', '2025-10-09 12:04:28.344493+00', NULL, '9d5b9ef3-d70d-42e5-a7fb-09b5c02e2738'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 13, 'tnqBi676L8tE9zlSB7vZFV', '1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd',
        true, '2025-10-10 12:24:41.830356+00', '2025-10-10 15:25:41.830356+00', NULL,
        '241a2555-20a6-4ee7-a875-cd9a62f82d97'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 14, 'jXZlYzsffeQK', 'c753246c-a738-44bf-a3c6-0e5e50a20ff2', true,
        '2025-10-11 15:45:54.316219+00', '2025-10-11 18:46:54.316219+00', NULL, 'cfbe45a7-236e-4850-a979-c9d1257ac94a'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 15, '5XraxwapzTyA9hV7jv4Cmw', '49065979-a268-42d3-a5d7-ec3c2fee4489',
        true, '2025-10-12 07:26:07.802082+00', '2025-10-12 10:27:07.802082+00', NULL,
        '1205e268-daaa-4228-aee1-e8015d289b88'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 16, 'g9ZJi11yBgcF', '1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd', true,
        '2025-09-28 10:13:05+00', '2025-09-28 13:14:05+00', 'G3yg9CjKPhKmxfz0kA4L8A',
        'd7de61c0-2647-4620-aa1a-ecd0e2cd3d29'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 17, 'DmXHIQMFgmigCNkotyMMY9', 'c753246c-a738-44bf-a3c6-0e5e50a20ff2',
        true, '2025-09-29 13:34:18.485863+00', '2025-09-29 16:35:18.485863+00', 'ylT5UPRxsgzv',
        '4efd00b5-4a31-4aee-ac20-e122c278c23d'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 18, 'V6dCnHxh4f6J', '49065979-a268-42d3-a5d7-ec3c2fee4489', true,
        '2025-09-30 16:55:31.971726+00', '2025-09-30 19:56:31.971726+00', '84n7clHMG8XRFIuBLiYAEk',
        '19010895-543c-4cea-a524-4732f5c79063'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 19, 'CyyWtGxyvVE2O8hx1oyE6K', '46b93655-fa30-45f0-af74-54abd7ca0f73',
        true, '2025-10-01 20:16:44.457589+00', '2025-10-01 23:17:44.457589+00', 'KUyQdxpvbkbY',
        '3fc899e4-567c-4600-a7c5-3bffea48b0a5'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 20, 'mdXPENqaG0op', '3858c52a-e80f-45e8-a9aa-853ec9f6bd4a', true,
        '2025-10-02 11:57:57.943452+00', '2025-10-02 14:58:57.943452+00', 'DT1I2QjXjG4uhe3fTIyt8T',
        '143b4259-06ec-47aa-afb4-b711090ac7d7'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 21, '4apxhLH2q8nynT62Jl3ih7', 'cd2550b8-daaa-4a1e-a561-9584521c596f',
        true, '2025-10-03 15:18:10.429315+00', '2025-10-03 18:19:10.429315+00', 'O1XKZ4nbbDuL',
        '30a5efbd-32e5-4ade-aeb3-522e62fd4ab4'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 22, 'qsh9KeSJXggs', 'ec38cf0b-58d7-473b-a3a6-072e24bbb6e2', true,
        '2025-10-04 18:39:23.915178+00', '2025-10-04 21:40:23.915178+00', 'tKJ8xyL27VdKOfD7YwRNBe',
        '940da4e3-4838-4f83-aaf3-27c2f9dcbc5a'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 23, 'p30yqLq7bYicQ1cUbKhpjk', '9478b3c4-d525-498f-a069-3e7b7bb447f4',
        true, '2025-10-05 10:20:36.401041+00', '2025-10-05 13:21:36.401041+00', 'vJ7kN7jyhN4F',
        '4f3ab8c4-3ad9-44ad-a113-2b61cfd15e2c'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 24, 'KRFHu4O472m9', 'a750aecc-ad3d-4591-aeba-e8ea047d873a', true,
        '2025-10-06 13:41:49.886904+00', '2025-10-06 16:42:49.886904+00', 'SPZvWLapY5yOmqokaGacZe',
        '88a3ec7b-6c45-4ab1-a0fc-6702b3e88f93'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 25, 'fR5F0UAzyKb3O4BqA8JqWS', '52423023-28b3-4cbe-aab9-de261e39e2ce',
        true, '2025-10-07 17:03:02.372767+00', '2025-10-07 20:04:02.372767+00', '1kwfMlRwHVQq',
        '60894907-530a-4547-a77a-79e18708515b'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 26, 'BWLw4P15LYLK', '32523530-86f8-470a-a2db-ac888ec45f97', true,
        '2025-10-08 20:23:15.858630+00', '2025-10-08 23:24:15.858630+00', 'Xxes89yIsI6hQyry68kecj',
        '995f1a93-939d-4a6c-ae31-16074666bdb5'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 27, 'xA4HBSySktCwh7tU8bLKZY', '87bfe187-56f0-4da9-a740-1e55d85b63ef',
        true, '2025-10-09 12:04:28.344493+00', '2025-10-09 15:05:28.344493+00', 'PFE31SbyGxJh',
        '9d5b9ef3-d70d-42e5-a7fb-09b5c02e2738'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 28, 'Pko59yOwA6ma', '1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd', true,
        '2025-10-10 15:25:41.830356+00', '2025-10-10 18:26:41.830356+00', 'tnqBi676L8tE9zlSB7vZFV',
        '241a2555-20a6-4ee7-a875-cd9a62f82d97'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 29, 'iL17vZCoM4JDaBG14p1obS', 'c753246c-a738-44bf-a3c6-0e5e50a20ff2',
        true, '2025-10-11 18:46:54.316219+00', '2025-10-11 21:47:54.316219+00', 'jXZlYzsffeQK',
        'cfbe45a7-236e-4850-a979-c9d1257ac94a'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 30, '2WF2TRfl7XJE', '49065979-a268-42d3-a5d7-ec3c2fee4489', false,
        '2025-10-12 10:27:07.802082+00', '2025-10-12 10:27:07.802082+00', '5XraxwapzTyA9hV7jv4Cmw',
        '1205e268-daaa-4228-aee1-e8015d289b88'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 31, 'ccdhVJqgbAOgfSY8A9dkLj', '1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd',
        false, '2025-09-28 13:14:05+00', '2025-09-28 13:14:05+00', 'g9ZJi11yBgcF',
        'd7de61c0-2647-4620-aa1a-ecd0e2cd3d29'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 32, 'tJMGHixypkxh', 'c753246c-a738-44bf-a3c6-0e5e50a20ff2', false,
        '2025-09-29 16:35:18.485863+00', '2025-09-29 16:35:18.485863+00', 'DmXHIQMFgmigCNkotyMMY9',
        '4efd00b5-4a31-4aee-ac20-e122c278c23d'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 33, 'wmcrljJViMJdVYJYew3qVR', '49065979-a268-42d3-a5d7-ec3c2fee4489',
        false, '2025-09-30 19:56:31.971726+00', '2025-09-30 19:56:31.971726+00', 'V6dCnHxh4f6J',
        '19010895-543c-4cea-a524-4732f5c79063'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 34, 'Fq4Qq4xpqm1Z', '46b93655-fa30-45f0-af74-54abd7ca0f73', false,
        '2025-10-01 23:17:44.457589+00', '2025-10-01 23:17:44.457589+00', 'CyyWtGxyvVE2O8hx1oyE6K',
        '3fc899e4-567c-4600-a7c5-3bffea48b0a5'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 35, '2hoexxylVXt1JooISfzNHA', '3858c52a-e80f-45e8-a9aa-853ec9f6bd4a',
        false, '2025-10-02 14:58:57.943452+00', '2025-10-02 14:58:57.943452+00', 'mdXPENqaG0op',
        '143b4259-06ec-47aa-afb4-b711090ac7d7'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 36, 'rblgR0bI6oKj', 'cd2550b8-daaa-4a1e-a561-9584521c596f', false,
        '2025-10-03 18:19:10.429315+00', '2025-10-03 18:19:10.429315+00', '4apxhLH2q8nynT62Jl3ih7',
        '30a5efbd-32e5-4ade-aeb3-522e62fd4ab4'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 37, 'yS8mqkux5xlt9H5Ivy642y', 'ec38cf0b-58d7-473b-a3a6-072e24bbb6e2',
        false, '2025-10-04 21:40:23.915178+00', '2025-10-04 21:40:23.915178+00', 'qsh9KeSJXggs',
        '940da4e3-4838-4f83-aaf3-27c2f9dcbc5a'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 38, 'FUCEwIZmkm6j', '9478b3c4-d525-498f-a069-3e7b7bb447f4', false,
        '2025-10-05 13:21:36.401041+00', '2025-10-05 13:21:36.401041+00', 'p30yqLq7bYicQ1cUbKhpjk',
        '4f3ab8c4-3ad9-44ad-a113-2b61cfd15e2c'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 39, '982y5P31cBIwV0Z6XbHdvq', 'a750aecc-ad3d-4591-aeba-e8ea047d873a',
        false, '2025-10-06 16:42:49.886904+00', '2025-10-06 16:42:49.886904+00', 'KRFHu4O472m9',
        '88a3ec7b-6c45-4ab1-a0fc-6702b3e88f93'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 40, 'hVOy8SNVa27S', '52423023-28b3-4cbe-aab9-de261e39e2ce', false,
        '2025-10-07 20:04:02.372767+00', '2025-10-07 20:04:02.372767+00', 'fR5F0UAzyKb3O4BqA8JqWS',
        '60894907-530a-4547-a77a-79e18708515b'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 41, 'N4aVzy1wyZGP8vxuC3FJMI', '32523530-86f8-470a-a2db-ac888ec45f97',
        false, '2025-10-08 23:24:15.858630+00', '2025-10-08 23:24:15.858630+00', 'BWLw4P15LYLK',
        '995f1a93-939d-4a6c-ae31-16074666bdb5'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 42, 'WhgnXpTjp2KT', '87bfe187-56f0-4da9-a740-1e55d85b63ef', false,
        '2025-10-09 15:05:28.344493+00', '2025-10-09 15:05:28.344493+00', 'xA4HBSySktCwh7tU8bLKZY',
        '9d5b9ef3-d70d-42e5-a7fb-09b5c02e2738'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 43, 'chA2QDu5wZTaLUYE1x0Y9h', '1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd',
        false, '2025-10-10 18:26:41.830356+00', NULL, 'Pko59yOwA6ma', '241a2555-20a6-4ee7-a875-cd9a62f82d97'
    ),
    (
        '00000000-0000-0000-0000-000000000000', 44, 'rqyjfY4Yzkv4', 'c753246c-a738-44bf-a3c6-0e5e50a20ff2', NULL,
        '2025-10-11 21:47:54.316219+00', '2025-10-11 21:47:54.316219+00', 'iL17vZCoM4JDaBG14p1obS',
        'cfbe45a7-236e-4850-a979-c9d1257ac94a'
    );

INSERT INTO auth.mfa_amr_claims (session_id, created_at, updated_at, authentication_method, id) VALUES
    ('d7de61c0-2647-4620-aa1a-ecd0e2cd3d29', '2025-09-28 07:12:05+00', '2025-09-28 07:12:05+00', 'password', 'c53fa672-bf5a-495d-acdb-47797679adc9'),
    ('4efd00b5-4a31-4aee-ac20-e122c278c23d', '2025-09-29 10:33:18.485863+00', '2025-09-29 10:33:18.485863+00', 'oauth', '6b5cef3d-87a9-45c7-aa4a-a6624a382d6e'),
    (
        '19010895-543c-4cea-a524-4732f5c79063', '2025-09-30 13:54:31.971726+00', '2025-09-30 13:54:31.971726+00',
        'magiclink', 'b42e528d-7048-432b-ae5f-9e53122d292b'
    ),
    ('3fc899e4-567c-4600-a7c5-3bffea48b0a5', '2025-10-01 17:15:44.457589+00', '2025-10-01 17:15:44.457589+00', 'oauth', '05ecd4dd-829d-4b98-ada4-4579596787fa'),
    ('143b4259-06ec-47aa-afb4-b711090ac7d7', '2025-10-02 08:56:57.943452+00', '2025-10-02 08:56:57.943452+00', 'otp', 'ad66d27e-c599-4715-a6d0-01dd77752ac1'),
    ('30a5efbd-32e5-4ade-aeb3-522e62fd4ab4', '2025-10-03 12:17:10.429315+00', '2025-10-03 12:17:10.429315+00', 'oauth', 'd2a414c8-df8b-4b64-af9c-6205decc5793'),
    ('940da4e3-4838-4f83-aaf3-27c2f9dcbc5a', '2025-10-04 15:38:23.915178+00', '2025-10-04 15:38:23.915178+00', 'oauth', '06a4947e-b051-48d8-add6-9c470af00e22'),
    ('4f3ab8c4-3ad9-44ad-a113-2b61cfd15e2c', '2025-10-05 07:19:36.401041+00', '2025-10-05 07:19:36.401041+00', 'otp', '6a81cc77-2623-4e9e-ac49-5f7562a8fb2b'),
    ('88a3ec7b-6c45-4ab1-a0fc-6702b3e88f93', '2025-10-06 10:40:49.886904+00', '2025-10-06 10:40:49.886904+00', 'oauth', 'b253c2c0-c0e7-42dc-ac7d-b444aeac5cdb'),
    (
        '60894907-530a-4547-a77a-79e18708515b', '2025-10-07 14:02:02.372767+00', '2025-10-07 14:02:02.372767+00',
        'password', '80cd1dc1-2ac7-4d4a-aa1d-3d0a6ab41247'
    ),
    ('995f1a93-939d-4a6c-ae31-16074666bdb5', '2025-10-08 17:22:15.858630+00', '2025-10-08 17:22:15.858630+00', 'oauth', '3cbdfe39-0e1c-4e09-abb4-10285aa9126f'),
    (
        '9d5b9ef3-d70d-42e5-a7fb-09b5c02e2738', '2025-10-09 09:03:28.344493+00', '2025-10-09 09:03:28.344493+00',
        'magiclink', 'd55ca1db-84ec-421a-a91e-8c8a4056817e'
    ),
    (
        '241a2555-20a6-4ee7-a875-cd9a62f82d97', '2025-10-10 12:24:41.830356+00', '2025-10-10 12:24:41.830356+00',
        'password', 'af43d76f-3191-4ff9-a63c-8bce4e360095'
    ),
    ('cfbe45a7-236e-4850-a979-c9d1257ac94a', '2025-10-11 15:45:54.316219+00', '2025-10-11 15:45:54.316219+00', 'oauth', 'f664deb2-3e95-4d68-a7f2-9eacf8a5fe89'),
    (
        '1205e268-daaa-4228-aee1-e8015d289b88', '2025-10-12 07:26:07.802082+00', '2025-10-12 07:26:07.802082+00',
        'magiclink', '80264511-0f65-4097-a15c-3b66e45f85ac'
    );

INSERT INTO auth.one_time_tokens (
    id, user_id, token_type, token_hash, relates_to, created_at, updated_at
) VALUES
    (
        '03939cf1-dd41-478a-a7bd-039af278a33f', '1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd', 'recovery_token',
        '16c4cdf4386ae15fee0c26151be62d28dca19f118cd3c5e1e6aae755', 'ada.okafor@example.com', '2025-09-29 07:12:05',
        '2025-09-29 07:12:05'
    ),
    (
        'e9116662-aafe-4aed-aebc-8fe3b61b11b0', 'cd2550b8-daaa-4a1e-a561-9584521c596f', 'reauthentication_token',
        'f3aeec2a9b635ab9c11713e72d6202f942696a6870b3f3b36e4c5cb1', 'farid.haddad@example.com', '2025-10-02 11:37:30',
        '2025-10-02 11:37:30'
    ),
    (
        'cf47d4af-bee9-4701-a570-72d91a8f8fb3', '46b93655-fa30-45f0-af74-54abd7ca0f73', 'email_change_token_new',
        'd56957c9c4e68fec8aa41bfa1d0bcffb828255c7ce0fb7f06d8642fe', 'dmitri@example.org', '2025-09-30 09:51:32',
        '2025-09-30 09:51:32'
    ),
    (
        'b4bc4dad-98a9-4189-a2f5-8811b4c01a6d', '46b93655-fa30-45f0-af74-54abd7ca0f73', 'email_change_token_current',
        '9766be2256f27001f7487499834ff933a5b438328ee2162d9768214a', 'dmitri.ivanov@example.com', '2025-09-30 09:51:32',
        '2025-09-30 09:51:32'
    ),
    (
        '380d7bcf-55cd-4427-a07f-0ea95db9f895', '3858c52a-e80f-45e8-a9aa-853ec9f6bd4a', 'phone_change_token',
        'e70595883823fffb6fa429067aa233243368d6af71f3f16e89abdbf2', '12025550199', '2025-10-01 10:45:01.250000',
        '2025-10-01 10:45:01.250000'
    ),
    (
        '45ed1c6a-4cb5-4abb-ad0e-f54bd2810283', '1d2835dc-82e5-499c-a8e7-6d1a6de2fd78', 'confirmation_token',
        'c3edda5de8305265d3cc341b134dfc0469994c8363505f38ed5e3211', 'grace.kim@example.com',
        '2025-07-08 09:18:25.628374', '2025-07-08 09:18:25.628374'
    ),
    (
        '0adba491-f42d-44f3-ac53-2d9219eab48e', '87bfe187-56f0-4da9-a740-1e55d85b63ef', 'recovery_token',
        '26c677671bd16e9d7299b5133cca6c8737dfb7f07c34865a30734afa', 'mei.user@example.com',
        '2025-09-29 15:40:29.012012', '2025-09-29 15:40:29.012012'
    );

INSERT INTO auth.flow_state (
    id, user_id, auth_code, code_challenge_method, code_challenge, provider_type,
    provider_access_token, provider_refresh_token, created_at, updated_at,
    authentication_method, auth_code_issued_at
) VALUES
    (
        '096aa5ef-fa59-40e2-a7ad-79396ac264fb', NULL, '6412d59c-6d36-4391-abd8-fba2b628457e', 's256',
        'fjk9pvGd20Yh0MLp20l6kB4HjZpyN_FeiBsxwILj1P5', 'google', '', NULL, '2025-08-01 07:12:05+00',
        '2025-08-01 07:12:10+00', 'oauth', NULL
    ),
    (
        '8639c0ad-d03e-47db-af2e-ce8556c0c612', '46b93655-fa30-45f0-af74-54abd7ca0f73',
        '73b7b676-cd74-44ea-a581-c32f9445d4aa', 's256', 'mwQHZqdHZvGB6AkY6GgLfzzGNrpeBXGHELWUtG63q10', 'google',
        'ya29.0Hu3_t6nc7o7YjO_NI9zh6AnxnTihRIQ6WXlSe9i', '', '2025-08-03 12:19:16.028121+00',
        '2025-08-03 12:19:22.028121+00', 'oauth', '2025-08-03 12:19:22.028121+00'
    ),
    (
        'c3cc3d2b-01c8-47a9-aec4-9e63291068ed', 'cd2550b8-daaa-4a1e-a561-9584521c596f',
        'e9c5dd4f-bfba-4237-a8dc-1b7f9ccbd25e', 's256', 'SIYAjBvxSwCQC3eaJiRGpLAiydblKkugaIwJOCdyY5U', 'email', NULL,
        NULL, '2025-08-05 17:26:27.056242+00', '2025-08-05 17:26:34.056242+00', 'email/signup',
        '2025-08-05 17:26:34.056242+00'
    ),
    (
        'eb262506-b909-48e3-a170-d29820ce5b84', NULL, 'ad5420c9-c9a3-4cb4-ab23-2d71959d5a71', 's256',
        '1rLm8CtL0Ak3gQxVbdwmuSPAbUe3k5SUZpZBM2lZT4i', 'magiclink', NULL, NULL, '2025-08-07 10:53:38.084363+00', NULL,
        'magiclink', NULL
    ),
    (
        '72d2f37c-daa0-4459-acf8-0143b6035eef', 'a750aecc-ad3d-4591-aeba-e8ea047d873a',
        'c7b9f5f2-41ba-475f-ac57-b8a091b585fa', 's256', '7LnrirfM_BkrPdFyC2LASrpxWMtiN42mr92O078yh3u', 'recovery',
        NULL, NULL, '2025-08-09 16:00:49.112484+00', '2025-08-09 16:00:58.112484+00', 'recovery',
        '2025-08-09 16:00:58.112484+00'
    ),
    (
        '8171f21a-32e7-4e2c-a41b-4cf5a36b362c', '32523530-86f8-470a-a2db-ac888ec45f97',
        'fc5a49cf-318c-465f-ab0c-2493c03e1e27', 's256', 'ONcbmczSZ57e637h7q-OfRiJnd4S13B8GA8sP8FkYDo', 'google',
        'ya29.cdiC636KDGvcKtCPPOst73ou1KNiiJuXW4Q-FFWI', NULL, '2025-08-11 09:28:00.140605+00',
        '2025-08-11 09:28:10.140605+00', 'oauth', '2025-08-11 09:28:10.140605+00'
    ),
    (
        '5122c591-d386-4e49-a000-857c3083fd4b', NULL, 'e539ef81-69f5-4418-a15c-f57e6614097a', 'plain',
        '-QSIiUArfIg3sLmRkURw9KsxBgleS-iZcfjOqAYvfWw', 'google', '', NULL, '2025-08-13 14:34:11.168726+00',
        '2025-08-13 14:34:22.168726+00', 'oauth', NULL
    ),
    (
        '91b450ad-7d3c-4697-a20a-64b6ba8554c9', '37a5e3f6-98f6-4467-a7a6-43e3ca7f70f5',
        'cc52f886-ad5b-4e79-aa2a-9d691ad4cf9a', 's256', 'jz6AE10x3N-ONtZ8mUqYNifuYLtWmRoheii490ZBXrx', 'email', NULL,
        NULL, '2025-08-15 08:01:22.196847+00', NULL, 'email/signup', NULL
    ),
    (
        'bdd11cec-9109-404b-a8f2-516ce9e50531', 'b8227335-f918-424e-a646-27935fda384c',
        'b44341dd-3d89-4b5a-a520-b6e00960d9cd', 's256', 'lDkaXQKdhk72WFYypAIXtCExsnCX5tAFvCfNahHZ91C', 'magiclink',
        NULL, NULL, '2025-08-17 13:08:33.224968+00', '2025-08-17 13:08:46.224968+00', 'magiclink',
        '2025-08-17 13:08:46.224968+00'
    ),
    (
        '5725611d-1660-4787-a2a2-c6f136863a03', NULL, 'd87e4399-4896-46bf-a1bc-3613bf5d154a', 's256',
        'eIe_CugSrawJgT-yFUJuDio3eUnUspVpuVQW1g8FXVA', 'recovery', NULL, NULL, '2025-08-19 18:15:44.253089+00',
        '2025-08-19 18:15:58.253089+00', 'recovery', NULL
    ),
    (
        '89bb1ff5-dd1c-47dd-a7d8-ede9e87a6f80', '49065979-a268-42d3-a5d7-ec3c2fee4489',
        '6ef60720-0ca3-43b3-a9fb-3abf87cfe245', 's256', 'dlyp0ybKk13NEdM10isv8VWcIlFduuWCH5hbJeT-2h-', 'google',
        'ya29.4gxOX3GtgHhHtB3935pLvEMcLN-NXyN34mrSjyDz', '1//FXUCuRfNEGVrvVLXNpUju7JtWuZOwOcO',
        '2025-08-21 11:42:55.281210+00', '2025-08-21 11:43:10.281210+00', 'oauth', '2025-08-21 11:43:10.281210+00'
    ),
    (
        'cf861fce-a14e-4f23-a693-36bdcd2bf3c1', '9478b3c4-d525-498f-a069-3e7b7bb447f4',
        'c615ba99-cf63-492a-ab9f-85b9fc68187a', 's256', 'fdkoTpHvTVi1EWotjxeSTFoRQ1eMF-qsL5LWVKyk8UI', 'google',
        'ya29.wQD2qWRa3ZExuLnavl4AXh0w9e34P_prf9DOqmzz', NULL, '2025-08-23 16:49:06.309331+00', NULL, 'oauth', NULL
    ),
    (
        '17c07abb-78f4-42ea-a646-52a2e3e5d276', NULL, '2180e7bd-3065-41f0-abb6-7cfac6fd720a', 's256',
        'SAqP5g73dPoTg06fXEd65fCDNV4Kg0paMLpHBOfYy4n', 'email', NULL, NULL, '2025-08-25 10:16:17.337452+00',
        '2025-08-25 10:16:34.337452+00', 'email/signup', NULL
    ),
    (
        'bc49202c-9f31-401b-a8fa-99529aa6ffc3', 'c753246c-a738-44bf-a3c6-0e5e50a20ff2',
        '2069a711-aeb9-4892-aba0-a7cbefca928b', 'plain', 'ZtyAZihdCMcFE5ihtOHzMx-cOQQN08qTC5Xcv7e7s6f', 'magiclink',
        NULL, NULL, '2025-08-27 15:23:28.365573+00', '2025-08-27 15:23:46.365573+00', 'magiclink',
        '2025-08-27 15:23:46.365573+00'
    ),
    (
        'bb9a7bda-a01b-4410-aea3-bf399eb2ce9b', '46b93655-fa30-45f0-af74-54abd7ca0f73',
        '3fca1bcd-ebc4-4adb-aa7b-ccbd852fda88', 's256', 'awlJC_VAuWO1L57x-rWyifj4JAl13-KEjLVYwWElN1S', 'recovery',
        NULL, NULL, '2025-08-29 08:50:39.393694+00', '2025-08-29 08:50:58.393694+00', 'recovery',
        '2025-08-29 08:50:58.393694+00'
    ),
    (
        '27e92dc0-f87f-4a20-af95-de4a4ea22bef', NULL, 'df34eeee-f9af-4c0a-a2b8-c98afccfb8f0', 's256',
        'wy2eOBnJ31oBDVgS8n0BkC86PC8N63wBw6IcyGBl4Jk', 'google', '', NULL, '2025-08-31 13:57:50.421815+00', NULL,
        'oauth', NULL
    ),
    (
        '86a32555-2aa9-4b0f-ab70-8fc5bc68d7fd', 'ec38cf0b-58d7-473b-a3a6-072e24bbb6e2',
        '112ae54d-99d7-43c5-ac1e-9aec0d427711', 's256', 'so_-jZzEO9Wl0JdaHqCTQx-ol7s925uO97DyFUFxYOW', 'google',
        'ya29.boQo0mjsMxpnp63A6QzZ7W8-UXp6WGnBn6SefY8m', '1//TsIOa5V73xnalyQ4cFUGI2_cIYidXkYj',
        '2025-09-02 07:25:01.449936+00', '2025-09-02 07:25:22.449936+00', 'oauth', '2025-09-02 07:25:22.449936+00'
    ),
    (
        '9d172933-eed9-4cbc-af90-af3904581670', 'a750aecc-ad3d-4591-aeba-e8ea047d873a',
        '048bb23a-b082-4a52-aec3-c52d28f97e2b', 's256', 'qyH203pu7H4H6F5OyhWrykdsMR9i4abWk_rp1d6cytA', 'email', NULL,
        NULL, '2025-09-04 12:31:12.478057+00', '2025-09-04 12:31:34.478057+00', 'email/signup',
        '2025-09-04 12:31:34.478057+00'
    ),
    (
        'd580d424-b8a7-4775-af33-baf381cd6791', NULL, '52c10332-6434-4cdd-a08f-47c3830fd918', 's256',
        'z8GpqoEtFDVVw6JIjif3Y56vcXoSOiJC4ALodDVr6XG', 'magiclink', NULL, NULL, '2025-09-06 17:38:23.506178+00',
        '2025-09-06 17:38:46.506178+00', 'magiclink', NULL
    ),
    (
        'c9f88355-b2c2-4ad7-a752-6e7b577377e5', '866396dc-62bc-4b14-a4de-fdc8cf0eb018',
        'da250f31-5686-42b0-aa1c-6707bb98d2f5', 's256', 'y0yhaE9lTGltHgl75TShweGqVqQbXFlVXd8Pl1_7r-l', 'recovery',
        NULL, NULL, '2025-09-08 11:05:34.534299+00', NULL, 'recovery', NULL
    ),
    (
        'ca2c8f39-1b42-4c46-a3c0-bb228f03c6d9', '37a5e3f6-98f6-4467-a7a6-43e3ca7f70f5',
        'b7fd07e2-c26a-48b9-a84e-7f5b64326d84', 'plain', 'jof5rtxCFSUR4-PKoBN30_kyQypumbZ8b2RVo6J_ijv', 'google',
        'ya29.U7Whgb2YsGCM5ik29HSI9KdHD2pUHxoH_CRZEYs6', '1//Po3-rYcCNjywCzkHXvosSNkNl32NBeU-',
        '2025-09-10 16:12:45.562420+00', '2025-09-10 16:13:10.562420+00', 'oauth', '2025-09-10 16:13:10.562420+00'
    ),
    (
        '65f68f16-63b2-41db-a793-7d08d44d024d', NULL, 'c24c7033-a656-44ea-a9f2-c62e5067687b', 's256',
        '4H4HY1z95v3_uKYE_T5cAoanOVvIcp-k6bUS67fphzf', 'google', '', NULL, '2025-09-12 09:39:56.590541+00',
        '2025-09-12 09:40:22.590541+00', 'oauth', NULL
    ),
    (
        '4b82937a-f568-4414-ac4c-513893e6d03c', '633b2cae-5414-4813-aec3-4e869dbeebcb',
        '10aadd2a-daf8-4200-a5e9-f2295d0c361b', 's256', 'JUchhn9EAueXKQUhUXZj0-_TLmKBNmjTzWmJ9VdgNuH', 'email', NULL,
        NULL, '2025-09-14 14:46:07.618662+00', '2025-09-14 14:46:34.618662+00', 'email/signup',
        '2025-09-14 14:46:34.618662+00'
    ),
    (
        '8399ada3-fcd4-4d6d-a1e2-b3fa11a485d0', '49065979-a268-42d3-a5d7-ec3c2fee4489',
        '175f6b88-5b29-4712-ac41-fe03bc6349d1', 's256', 'B9lMLKTRE3G0ePqsilfdUpS7CSKggT6I_JX5XvGXdjn', 'magiclink',
        NULL, NULL, '2025-09-16 08:13:18.646783+00', NULL, 'magiclink', NULL
    ),
    (
        '439bbd8d-eab0-4349-aff5-91fc93fa797f', NULL, 'c22c1c2e-a878-46ae-ae2d-39ad5b016b70', 's256',
        'NYA2ecTSmHBLp8T6WoRkGm5XVdrgUrcTcsfJ9HydU8G', 'recovery', NULL, NULL, '2025-09-18 13:20:29.674904+00',
        '2025-09-18 13:20:58.674904+00', 'recovery', NULL
    ),
    (
        '1945a195-01cf-4de1-ac64-c5e829e91d75', 'fa28a70d-5b52-474a-ac47-76507fe4437a',
        'c80f3f68-f2e6-4bbe-a03e-626955906fcc', 's256', '1OmFvx8_7ucJ1ZyqFAoPSYvX7RCoAYw9jsWYwaKyrou', 'google',
        'ya29.Kq88-nqQDFYNhwg8QsT9PIojzxCnaje0u_Vyk38U', NULL, '2025-09-20 18:27:40.703025+00',
        '2025-09-20 18:28:10.703025+00', 'oauth', '2025-09-20 18:28:10.703025+00'
    ),
    (
        '44a69a01-e1aa-4d88-ab0b-b91f4beea7fe', 'c753246c-a738-44bf-a3c6-0e5e50a20ff2',
        'd353d3ac-3206-4a4e-a451-a345f00e4bae', 's256', 'k7jIZZY4gP1qNzvv48GnDSVlk9zUflhMktr6No1qijR', 'google',
        'ya29.Xr9F3icLh8K_vOn39iNfL9hNRSXkbeTg4-93V_lG', '1//3FbEe_T2S3RUaoL6V5xvtIE4aI4zqne_',
        '2025-09-22 11:54:51.731146+00', '2025-09-22 11:55:22.731146+00', 'oauth', '2025-09-22 11:55:22.731146+00'
    ),
    (
        '99511372-b1d8-4057-ab36-69f0a9f8ee90', NULL, 'f67170f9-4d95-4aa3-a349-554c6aeb1753', 'plain',
        'p25Vn73JRdQrRuhXPP99WhZVtbmTmPJo8VCLgW7LTIM', 'email', NULL, NULL, '2025-09-24 17:02:02.759267+00', NULL,
        'email/signup', NULL
    ),
    (
        'e8717cc7-3ca4-4e18-a5b3-674ece2ce4fb', 'cd2550b8-daaa-4a1e-a561-9584521c596f',
        'ee8cfe7b-e195-4401-a6a1-59e068ab9784', 's256', '3C9QBr1dYb6n5YEa0jCRJVs8sSuVyQOAjKHiBlqNSZb', 'magiclink',
        NULL, NULL, '2025-09-26 10:28:13.787388+00', '2025-09-26 10:28:46.787388+00', 'magiclink',
        '2025-09-26 10:28:46.787388+00'
    ),
    (
        '5c7d4093-d370-4b64-a347-5892a310e38b', 'ec38cf0b-58d7-473b-a3a6-072e24bbb6e2',
        '6a67dab3-c01a-427a-abd1-3ba56a76de50', 's256', 'R3_SjWVJIehtkKRKeiWQn7faKRTaKbpclsCa5VdnnOS', 'recovery',
        NULL, NULL, '2025-09-28 15:35:24.815509+00', '2025-09-28 15:35:58.815509+00', 'recovery',
        '2025-09-28 15:35:58.815509+00'
    ),
    (
        '932f40e8-432c-4401-a376-59eb286ec541', NULL, 'e1a8496a-4282-46d3-a677-a67443ea1cc8', 's256',
        'adauLZrnf04jd1Sv7z4UVmkkyTJ0uDIUuPAMBaD77ak', 'google', '', NULL, '2025-09-30 09:02:35.843630+00',
        '2025-09-30 09:03:10.843630+00', 'oauth', NULL
    ),
    (
        '2d2dfe15-68ef-41fb-a207-a8519de4d05f', '32523530-86f8-470a-a2db-ac888ec45f97',
        'ae37a243-3a83-4f6e-a5d2-4660e77ed70c', 's256', 'kb0iaob3_ejMhFNaSd2MKbO87gh9q-eWotYqym6sRjG', 'google',
        'ya29.MXcgdxqe_1B-CqSZESYYbdYPOAb-Ef-gFp1LWoYl', NULL, '2025-10-02 14:09:46.871751+00', NULL, 'oauth', NULL
    ),
    (
        '9be73baa-ac5d-4368-a57b-ea8291f98593', '866396dc-62bc-4b14-a4de-fdc8cf0eb018',
        '3658fc40-5ff1-49d8-ade1-51bd9bcd19fb', 's256', 'P8CREnAFlk_fIetLzA9zBar285daXNwnkaSFfCvHh-O', 'email', NULL,
        NULL, '2025-10-04 07:36:57.899872+00', '2025-10-04 07:37:34.899872+00', 'email/signup',
        '2025-10-04 07:37:34.899872+00'
    ),
    (
        '15e9ac1e-18d6-41fa-a918-fdd448cc667e', NULL, '795ed74c-add6-48ef-a0ae-aa9d7d2138a0', 's256',
        'R04d8OcyCKQZpi89E3DCb0nvkbTn1Ze-iXUEoO2BRV4', 'magiclink', NULL, NULL, '2025-10-06 12:43:08.927993+00',
        '2025-10-06 12:43:46.927993+00', 'magiclink', NULL
    ),
    (
        '0180f76b-6916-4ab8-a632-6f774c62deda', 'b8227335-f918-424e-a646-27935fda384c',
        '4b2e244a-0f9b-488d-a248-55265b7ecf50', 'plain', 'HPHaFn0-AeDQLvZVwU0NmEQkxyA8bw6jRRwliMzR56d', 'recovery',
        NULL, NULL, '2025-10-08 17:50:19.956114+00', '2025-10-08 17:50:58.956114+00', 'recovery',
        '2025-10-08 17:50:58.956114+00'
    ),
    (
        '616acd87-0684-4859-a96f-fd2c52617256', '633b2cae-5414-4813-aec3-4e869dbeebcb',
        '1d256cae-006d-48b4-ad65-bf6090167cf4', 's256', 'I_BaY-Y_282Sv0ZVLuX9k7fQ3kAifmxTCEb_6BQt5Zw', 'google',
        'ya29.Zn1JDiqSsM8xloYbk4tnxJLyDHhaRnnN6Tf4mbxO', NULL, '2025-10-10 11:17:30.984235+00', NULL, 'oauth', NULL
    ),
    (
        '0eee59ed-28e8-4e6a-a2f0-632112e88d69', NULL, '78b92a67-8f33-4cb1-afb6-29cc245342a0', 's256',
        'u4JfEWJY8X6LVk66LfrQbbz0zx7_t_SaujWVM-DUp0K', 'google', '', NULL, '2025-10-12 16:24:41.012356+00',
        '2025-10-12 16:25:22.012356+00', 'oauth', NULL
    ),
    (
        '8ab11198-5294-49ef-a427-542b737b340a', '9478b3c4-d525-498f-a069-3e7b7bb447f4',
        'c9f5b575-fba4-4de9-a34d-fba0eb1e7c7a', 's256', 'tmO54GPbQueyGtWn1cLOxDGZ9itwtDzj9BeLYedDpiE', 'email', NULL,
        NULL, '2025-10-14 09:51:52.040477+00', '2025-10-14 09:52:34.040477+00', 'email/signup',
        '2025-10-14 09:52:34.040477+00'
    ),
    (
        '68cc10a6-fcf8-427d-a2fe-083b169c5f02', 'fa28a70d-5b52-474a-ac47-76507fe4437a',
        '68f313ab-523e-44af-aa74-c5251d0e8b6e', 's256', 'sFM8KPSyvfSXNlA0nWpVSTgsJv0iyd2ciAgsZB_ag7M', 'magiclink',
        NULL, NULL, '2025-10-16 14:59:03.068598+00', '2025-10-16 14:59:46.068598+00', 'magiclink',
        '2025-10-16 14:59:46.068598+00'
    ),
    (
        '75f4e556-d961-41f2-a62c-b639e828c2b0', NULL, '8c70b17e-4395-4bab-a749-8c6bcb1ca122', 's256',
        '_p6O0K6juq0-YJ1w_ydPXDRnFhFzAgqWXVCex1YObpF', 'recovery', NULL, NULL, '2025-10-18 08:25:14.096719+00', NULL,
        'recovery', NULL
    );

INSERT INTO auth.schema_migrations (version) VALUES
    ('20171026211738'), ('20171026211808'), ('20171026211834'), ('20180103212743'), ('20180108183307'),
    ('20180119214651'), ('20180125194653'), ('00'), ('20210710035447'), ('20210722035447'),
    ('20210730183235'), ('20210909172000'), ('20210927181326'), ('20211122151130'), ('20211124214934'),
    ('20211202183645'), ('20220114185221'), ('20220114185340'), ('20220224000811'), ('20220323170000'),
    ('20220429102000'), ('20220531120530'), ('20220614074223'), ('20220811173540'), ('20221003041349'),
    ('20221003041400'), ('20221011041400'), ('20221020193600'), ('20221021073300'), ('20221021082433'),
    ('20221027105023'), ('20221114143122'), ('20221114143410'), ('20221125140132'), ('20221208132122'),
    ('20221215195500'), ('20221215195800'), ('20221215195900'), ('20230116124310'), ('20230116124412'),
    ('20230131181311'), ('20230322519590'), ('20230402418590'), ('20230411005111'), ('20230508135423'),
    ('20230523124323'), ('20230818113222'), ('20230914180801'), ('20231027141322'), ('20231114161723'),
    ('20231117164230'), ('20240115144230'), ('20240214120130'), ('20240306115329'), ('20240314092811'),
    ('20240427152123'), ('20240612123726'), ('20240729123726'), ('20240802193726'), ('20240806073726'),
    ('20241009103726'), ('20250717082212'), ('20250731150234'), ('20250804100000'), ('20250901200500'),
    ('20250903112500'), ('20250904133000');

INSERT INTO auth.audit_log_entries (instance_id, id, payload, created_at, ip_address)
SELECT
    '00000000-0000-0000-0000-000000000000'::uuid,
    md5('auth.audit.' || n)::uuid,
    CASE WHEN n % 50 <> 0 THEN json_build_object(
        'action', (ARRAY['login', 'logout', 'token_refreshed', 'token_revoked', 'user_signedup'])[n % 5 + 1],
        'actor_id', u.id,
        'actor_name', u.raw_user_meta_data ->> 'first_name',
        'actor_username', u.email,
        'actor_via_sso', false,
        'log_type', (ARRAY['account', 'account', 'token', 'token', 'team'])[n % 5 + 1],
        'traits', CASE WHEN n % 5 IN (0, 4) THEN json_build_object('provider', u.raw_app_meta_data ->> 'provider') END
    ) END,
    timestamptz '2025-07-01 06:30:00+00' + n * interval '11 hours 2 minutes 13.250407 seconds',
    CASE n % 4
        WHEN 0 THEN ''
        WHEN 1 THEN '203.0.113.' || n % 250
        WHEN 2 THEN '198.51.100.' || n % 250
        ELSE '2001:db8::' || to_hex(n)
    END
FROM generate_series(1, 256) AS n
JOIN (
    SELECT id, email, raw_user_meta_data, raw_app_meta_data, row_number() OVER (ORDER BY id) - 1 AS position
    FROM auth.users
) AS u ON u.position = n % 22;

-- Schema public: the users and what they own.

INSERT INTO public.users (
    id, auth_user_id, email, email_verified, status, created_at, updated_at
) VALUES
    (
        'a8249330-90b9-4ed7-a57d-96e602a2afe6', '1af5c39d-4cfe-478d-a63e-b8cc6cf8e4bd', 'ada.okafor@example.com', true,
        'Active', '2025-06-02 07:12:14+00', '2025-06-02 07:12:14+00'
    ),
    (
        '32e5d97e-f96a-4799-a314-6ac08f1b6988', 'c753246c-a738-44bf-a3c6-0e5e50a20ff2', 'bjorn.lindstrom@example.com',
        true, 'Active', '2025-06-08 13:23:37.107729+00', '2025-06-08 18:23:37.107729+00'
    ),
    (
        '628aaa0c-c67d-4b4a-a81d-6721ad3de3cd', '49065979-a268-42d3-a5d7-ec3c2fee4489', 'chloe.dubois@example.com',
        true, 'Pending', '2025-06-14 07:55:00.215458+00', '2025-06-14 17:55:00.215458+00'
    ),
    (
        'c9a64dc5-7931-4393-a430-318511032cb4', '46b93655-fa30-45f0-af74-54abd7ca0f73', 'dmitri.ivanov@example.com',
        true, 'Active', '2025-06-20 14:05:23.323187+00', '2025-06-21 05:05:23.323187+00'
    ),
    (
        '2cc0f8f2-796f-4247-a4d4-8463fe8b483f', '3858c52a-e80f-45e8-a9aa-853ec9f6bd4a', 'elena.garcia@example.com',
        true, 'Inactive', '2025-06-26 08:36:46.430916+00', '2025-06-27 04:36:46.430916+00'
    ),
    (
        'de5e75c9-b97c-4bc4-aa5e-41f656975141', 'cd2550b8-daaa-4a1e-a561-9584521c596f', 'farid.haddad@example.com',
        true, 'Active', '2025-07-02 14:48:09.538645+00', '2025-07-03 15:48:09.538645+00'
    ),
    (
        '4730eb11-4af7-4801-a6a0-789fb3fec296', '1d2835dc-82e5-499c-a8e7-6d1a6de2fd78', 'grace.kim@example.com', false,
        'Pending', '2025-07-08 09:18:32.646374+00', '2025-07-09 15:18:32.646374+00'
    ),
    (
        '50f91a3f-4c78-47d3-a63e-1a0de50e9279', 'ec38cf0b-58d7-473b-a3a6-072e24bbb6e2', 'hiroshi.user@example.com',
        true, 'Suspended', '2025-07-14 15:29:55.754103+00', '2025-07-16 02:29:55.754103+00'
    ),
    (
        '04134cad-f483-4cbe-a585-6297d68ba180', '9478b3c4-d525-498f-a069-3e7b7bb447f4', 'ines.oneill@example.com',
        true, 'Active', '2025-07-20 10:00:18.861832+00', '2025-07-22 02:00:18.861832+00'
    ),
    (
        '59e65919-7311-43c1-ad10-df3ce4944a09', 'a750aecc-ad3d-4591-aeba-e8ea047d873a', 'jamal.washington@example.com',
        true, 'Active', '2025-07-26 16:11:41.969561+00', '2025-07-28 13:11:41.969561+00'
    ),
    (
        '8356f18f-a53f-40d5-a77d-58beb8638c52', '52423023-28b3-4cbe-aab9-de261e39e2ce', 'katarzyna.zak@example.com',
        true, 'Pending', '2025-08-01 10:43:04.077290+00', '2025-08-03 12:43:04.077290+00'
    ),
    (
        '0506ee66-a94d-4fd4-a3c4-0ad2fee3a5fd', '32523530-86f8-470a-a2db-ac888ec45f97', 'liam.murphy@example.com',
        true, 'Active', '2025-08-07 16:53:27.185019+00', '2025-08-09 23:53:27.185019+00'
    ),
    (
        '5dc576fd-1215-4aff-a100-a072aa03bfb0', '87bfe187-56f0-4da9-a740-1e55d85b63ef', 'mei.user@example.com', true,
        'Inactive', '2025-08-13 11:24:50.292748+00', '2025-08-15 23:24:50.292748+00'
    ),
    (
        'dea6b61e-b5d5-4a0b-a55f-1d0136cb8ac8', '866396dc-62bc-4b14-a4de-fdc8cf0eb018', 'noah.schmidt@example.com',
        false, 'Pending', '2025-08-19 17:36:13.400477+00', '2025-08-22 10:36:13.400477+00'
    ),
    ('de939047-cc08-47d1-a916-bc3f6d7fb5d9', 'fa28a70d-5b52-474a-ac47-76507fe4437a', 'olivia.brown@example.com', true, 'Pending', NULL, NULL),
    (
        '55cbdc8f-5fa8-43d2-ac74-e6952e8e166a', '37a5e3f6-98f6-4467-a7a6-43e3ca7f70f5', 'priya.sharma@example.com',
        true, 'Suspended', '2025-08-31 18:17:59.615935+00', '2025-09-03 21:17:59.615935+00'
    ),
    (
        '02e84e66-46a0-4ce1-a6a8-38b319290343', '340bd970-2ccc-4512-ad6a-bf022208eec2', 'quentin.leroy@example.com',
        NULL, 'Active', '2025-09-06 12:48:22.723664+00', '2025-09-09 20:48:22.723664+00'
    );

INSERT INTO public.user_profiles (
    id, user_id, first_name, last_name, middle_name, date_of_birth, created_at, updated_at
) VALUES
    ('profile_1', 'a8249330-90b9-4ed7-a57d-96e602a2afe6', 'Ada', 'Okafor', 'Ngozi', '1984-02-29', '2025-06-02 07:15:14+00', '2025-06-02 07:12:14+00'),
    (
        'profile_2', '32e5d97e-f96a-4799-a314-6ac08f1b6988', 'Björn', 'Lindström', '', '1979-11-03',
        '2025-06-08 13:26:37.104729+00', '2025-06-09 13:23:37.104729+00'
    ),
    ('profile_3', '628aaa0c-c67d-4b4a-a81d-6721ad3de3cd', 'Chloé', 'Dubois', NULL, NULL, '2025-06-14 07:58:00.209458+00', '2025-06-16 07:55:00.209458+00'),
    (
        'profile_4', 'c9a64dc5-7931-4393-a430-318511032cb4', 'Dmitri', 'Ivanov', 'Сергеевич', '1991-07-18',
        '2025-06-20 14:08:23.314187+00', '2025-06-23 14:05:23.314187+00'
    ),
    (
        'profile_5', '2cc0f8f2-796f-4247-a4d4-8463fe8b483f', 'Elena', 'García', NULL, '1968-12-31',
        '2025-06-26 08:39:46.418916+00', '2025-06-30 08:36:46.418916+00'
    ),
    (
        'profile_6', 'de5e75c9-b97c-4bc4-aa5e-41f656975141', 'Farid', 'Haddad', 'al-Din', '2000-01-01',
        '2025-07-02 14:51:09.523645+00', '2025-07-07 14:48:09.523645+00'
    ),
    ('profile_7', '4730eb11-4af7-4801-a6a0-789fb3fec296', 'Grace', 'Kim', NULL, '1995-05-23', '2025-07-08 09:21:32.628374+00', '2025-07-14 09:18:32.628374+00'),
    ('profile_8', '50f91a3f-4c78-47d3-a63e-1a0de50e9279', 'Hiroshi', '田中', '', '1972-09-09', NULL, NULL),
    (
        'profile_9', '04134cad-f483-4cbe-a585-6297d68ba180', 'Ines', 'O''Neill', NULL, '1988-03-17',
        '2025-07-20 10:03:18.837832+00', '2025-07-28 10:00:18.837832+00'
    ),
    (
        'profile_10', '59e65919-7311-43c1-ad10-df3ce4944a09', 'Jamal', 'Washington', 'T.', '1990-10-10',
        '2025-07-26 16:14:41.942561+00', '2025-08-04 16:11:41.942561+00'
    ),
    (
        'profile_11', '8356f18f-a53f-40d5-a77d-58beb8638c52', 'Katarzyna', 'Żak', NULL, '1983-08-26',
        '2025-08-01 10:46:04.047290+00', '2025-08-11 10:43:04.047290+00'
    ),
    (
        'profile_12', '0506ee66-a94d-4fd4-a3c4-0ad2fee3a5fd', 'Liam', 'Murphy', 'Seán', '1999-06-06',
        '2025-08-07 16:56:27.152019+00', '2025-08-18 16:53:27.152019+00'
    ),
    ('profile_13', '5dc576fd-1215-4aff-a100-a072aa03bfb0', 'Mei', '陳', '美', '1977-04-14', '2025-08-13 11:27:50.256748+00', '2025-08-25 11:24:50.256748+00'),
    (
        'profile_14', 'de939047-cc08-47d1-a916-bc3f6d7fb5d9', 'Olivia', 'Brown', NULL, '1965-01-30',
        '2025-08-19 17:39:13.361477+00', '2025-09-01 17:36:13.361477+00'
    );

INSERT INTO public.user_contacts (
    id, user_id, contact_type, contact_value, is_primary, is_verified, created_at, updated_at
) VALUES
    (
        '498b0e3d-f78f-4f2d-ae51-9aa4ef63e4b2', 'a8249330-90b9-4ed7-a57d-96e602a2afe6', 'email',
        'ada.okafor@example.com', true, true, '2025-06-02 07:17:14+00', '2025-06-02 07:17:14+00'
    ),
    (
        '1844923d-749a-4197-ab2c-d74d91b2350f', '32e5d97e-f96a-4799-a314-6ac08f1b6988', 'email',
        'bjorn.lindstrom@example.com', true, true, '2025-06-08 13:28:37.104729+00', '2025-06-08 14:28:37.104729+00'
    ),
    (
        '7aab4397-4c44-425b-ab15-7168626e3741', '628aaa0c-c67d-4b4a-a81d-6721ad3de3cd', 'email',
        'chloe.dubois@example.com', true, true, '2025-06-14 08:00:00.209458+00', '2025-06-14 10:00:00.209458+00'
    ),
    (
        '7a2ce7df-de34-4d7a-af9f-fb54dce1e266', 'c9a64dc5-7931-4393-a430-318511032cb4', 'email',
        'dmitri.ivanov@example.com', true, true, '2025-06-20 14:10:23.314187+00', '2025-06-20 17:10:23.314187+00'
    ),
    (
        '0b5724cc-0daf-4a1c-a933-c8f89ec8682d', '2cc0f8f2-796f-4247-a4d4-8463fe8b483f', 'email',
        'elena.garcia@example.com', true, true, '2025-06-26 08:41:46.418916+00', '2025-06-26 12:41:46.418916+00'
    ),
    (
        '81362b8c-43ba-489e-ab9c-fa587b7f7d01', 'de5e75c9-b97c-4bc4-aa5e-41f656975141', 'email',
        'farid.haddad@example.com', true, true, '2025-07-02 14:53:09.523645+00', '2025-07-02 19:53:09.523645+00'
    ),
    (
        '9e832c18-d421-44b3-a3c3-ae025be91d6f', '4730eb11-4af7-4801-a6a0-789fb3fec296', 'email',
        'grace.kim@example.com', true, false, '2025-07-08 09:23:32.628374+00', '2025-07-08 15:23:32.628374+00'
    ),
    (
        '91b3eacc-3915-483b-abd3-4d4fed876099', '50f91a3f-4c78-47d3-a63e-1a0de50e9279', 'email',
        'hiroshi.user@example.com', true, true, '2025-07-14 15:34:55.733103+00', '2025-07-14 22:34:55.733103+00'
    ),
    (
        'b19ead9a-6a14-451c-ae0d-70ef1b7fb53d', '04134cad-f483-4cbe-a585-6297d68ba180', 'email',
        'ines.oneill@example.com', true, true, '2025-07-20 10:05:18.837832+00', '2025-07-20 18:05:18.837832+00'
    ),
    (
        'f077abd6-f668-4b9b-aa35-31d9182cff35', '59e65919-7311-43c1-ad10-df3ce4944a09', 'email',
        'jamal.washington@example.com', true, true, '2025-07-26 16:16:41.942561+00', '2025-07-27 01:16:41.942561+00'
    ),
    (
        '6d56c4d7-9346-4cda-a61f-978118aeb27f', '8356f18f-a53f-40d5-a77d-58beb8638c52', 'email',
        'katarzyna.zak@example.com', NULL, true, '2025-08-01 10:48:04.047290+00', '2025-08-01 20:48:04.047290+00'
    ),
    (
        '28cf691f-fbac-4aa6-acdf-a82c3b534118', '0506ee66-a94d-4fd4-a3c4-0ad2fee3a5fd', 'email',
        'liam.murphy@example.com', true, true, '2025-08-07 16:58:27.152019+00', '2025-08-08 03:58:27.152019+00'
    ),
    ('a2ef5567-f63d-4d5a-aa74-148c35e1ee42', '5dc576fd-1215-4aff-a100-a072aa03bfb0', 'email', 'mei.user@example.com', true, true, NULL, NULL),
    (
        'd35572fe-347f-4905-a8a9-590ec12a4bc5', 'dea6b61e-b5d5-4a0b-a55f-1d0136cb8ac8', 'email',
        'noah.schmidt@example.com', true, false, '2025-08-19 17:41:13.361477+00', '2025-08-20 06:41:13.361477+00'
    ),
    (
        'c062dea2-c3c3-410a-abd7-1c25af134a89', 'de939047-cc08-47d1-a916-bc3f6d7fb5d9', 'email',
        'olivia.brown@example.com', true, true, '2025-08-25 12:11:36.466206+00', '2025-08-26 02:11:36.466206+00'
    ),
    (
        'd57ac52c-709e-43e1-a768-326547151d99', 'a8249330-90b9-4ed7-a57d-96e602a2afe6', 'phone', '+1 202 555 0100',
        false, true, '2025-06-02 07:17:14+00', '2025-06-02 22:17:14+00'
    ),
    (
        '24affad3-b129-4ed8-a8e2-9cc49637422f', '2cc0f8f2-796f-4247-a4d4-8463fe8b483f', 'phone', '+34 600 555 004',
        false, true, '2025-06-26 08:41:46.418916+00', '2025-06-27 00:41:46.418916+00'
    ),
    (
        '97569113-d1e3-450d-a790-5453fbc75d32', '04134cad-f483-4cbe-a585-6297d68ba180', 'phone', '+353 86 123 0008',
        false, NULL, '2025-07-20 10:05:18.837832+00', '2025-07-21 03:05:18.837832+00'
    ),
    (
        '77f5ecec-9a06-403a-a8bd-d380915e8d6a', 'a8249330-90b9-4ed7-a57d-96e602a2afe6', 'emergency',
        'Chidi Okafor, +1 202 555 0142', false, false, '2025-06-02 07:17:14+00', '2025-06-03 01:17:14+00'
    );

INSERT INTO public.user_addresses (
    id, user_id, address_type, street_address, address_line_2, city, state, postal_code,
    country_code, is_primary, created_at, updated_at
) VALUES
    (
        '849c1e3b-2814-41d6-a948-8ae21ffeb303', 'a8249330-90b9-4ed7-a57d-96e602a2afe6', 'primary', '1 Rue de l’Église',
        NULL, 'Genève', '', '1204', 'CH', true, '2025-06-02 07:20:14+00', '2025-06-02 07:20:14+00'
    );

-- Schema public: the admin and the tables that Payload CMS manages.

INSERT INTO public.admin (
    id, updated_at, created_at, email, reset_password_token, reset_password_expiration, salt,
    hash, login_attempts, lock_until, role
) VALUES
    (
        1, '2025-10-26 18:44:10.502+00', '2025-05-20 09:00:00.123+00', 'admin@example.com', NULL, NULL,
        '63479ad69a090b258277ec8fba6f99419a2ffb248981510657c944ccd1148e97',
        '11e7b13db28a5cd6e45669ab6fdeb398ddbf81194faf8a10e65b26032bc2ff96a98a89bad511754d526f4ab8b1bf593b2dc378692411975712f9931c67552bb78b587d83d7708bf6042cc183ae3387f1d27b2d7f1ecdb5eb190ec9310ddb87ee249660837927120ef03726b4e637a9d469325dfd4f38af95b84b90dd509291736a3edb6ef129ed44c559d6059f825610ca4884c738b22b2c5f863b6d326f498a39f24a77549c6f6fd0addcd8ff1de5297a5d0397b587ef3ec417bd27b97598c9bc7aa5802852ee0bcdb6068486b91af3bf4f633f20972831d869132fb09b07aba34175ed5e7fbf71171d72f15477dbd58e4847ca5fa313ff9c5aa83f769be9942e19c78a510e40ee009570fc67a627a955ebdd55eca3fb47c922a3b0e27dba48ca53bf80b0c912fb22b899296db3f5a3d0863812036964f0d7c201fa96fb92f1c3aed77c9281412d55ab704e4c0a8f4bb349af2e975532e505c39813f27e7c71d259058d2f3aca277f5fd09c3f0cedb5e3606e5380f7e77da83c25c0db42f417b842b4a90713b27e4ff08f452c8db8fbff2677bb5598920b2e9d5f6c711ecf63f572cfd5dda44324843df3334e32479f88c1e11f46cfaa8051694a283ce4052f1798bd1045da6138d6db43c30aa15037460481c0e9031f129a0e793551a471b1953427d7c9d412d3914870c755531156e03ac4956758020d2e4d9d2bf24f83a5',
        0, NULL, 'Super Admin'
    );

INSERT INTO public.admin_sessions (_order, _parent_id, id, created_at, expires_at) VALUES
    (1, 1, 'a3a2b7f1-3fc2-4282-a9be-3f61aea61ccf', '2025-10-26 18:44:10.502+00', '2025-10-26 20:44:10.502+00');

INSERT INTO public.admin_alerts (
    id, alert_id, title, message, severity, category, status, related_entity, trigger_info,
    assigned_to, acknowledged_by, acknowledged_at, resolved_by, resolved_at, resolution_notes,
    notifications_sent, escalation, metadata, created_at, updated_at
) VALUES
    (
        '2609320a-4ee2-44b7-ae8e-2e4e6daa4a6c', 'AL-1', 'Payout queue is running low',
        'Only five members are eligible for the next payout.', 'warning', 'queue', 'acknowledged',
        '{"type": "membership_queue", "id": "d234a9f1-a500-4e63-ac03-69c4acca8656"}',
        '{"rule": "queue_below", "threshold": 6, "value": 5}', 1, 1, '2025-10-05 07:54:05+00', NULL, NULL, '',
        '[{"channel": "email", "to": "admin@example.com"}]', NULL, '{}', '2025-10-05 07:12:05+00',
        '2025-10-05 07:54:05+00'
    ),
    (
        '0e586863-5acb-499c-a048-e761800555d6', 'AL-2', 'Repeated failed logins',
        '12 failed logins for “sven.aberg@example.com” within five minutes 🚨', 'critical', 'security', 'new', NULL,
        '{"rule": "failed_logins", "threshold": 10, "value": 12, "window": "5m"}', NULL, NULL, NULL, NULL, NULL, NULL,
        '[]', '{"level": 2, "reason": "no answer"}', '{"ip": "192.0.2.77"}', '2025-10-09 11:16:04.777777+00',
        '2025-10-09 11:16:04.777777+00'
    ),
    (
        '88c27d22-8158-46ed-ae1c-c2e43944a57d', 'AL-3', 'Identity check rejected',
        'The document of a member could not be read; a manual review is needed.', 'info', 'compliance', 'resolved',
        '{"type": "kyc_verification", "id": "87d54937-f073-4619-a77e-194c6c860c16"}', NULL, 1, 1,
        '2025-10-13 16:01:03.555554+00', 1, '2025-10-14 12:01:03.555554+00', 'Member sent a new scan.', NULL, NULL,
        NULL, '2025-10-13 15:19:03.555554+00', '2025-10-13 16:01:03.555554+00'
    );

INSERT INTO public.payload_preferences (id, key, value, updated_at, created_at) VALUES
    (
        1, 'nav', '{"open": true, "groups": {"Collections": {"open": true}, "Größe & Maß": {"open": false}}}',
        '2025-05-20 09:00:00.123+00', '2025-05-20 09:00:00.123+00'
    ),
    (2, 'locale', '"en"', '2025-05-22 16:00:00.160+00', '2025-05-21 16:00:00.160+00'),
    (3, 'collection-users', '{"limit": 50, "sort": "name"}', '2025-05-24 23:00:00.197+00', '2025-05-22 23:00:00.197+00'),
    (4, 'collection-user_profiles', '{"limit": 10, "sort": "-createdAt"}', '2025-05-27 06:00:00.234+00', '2025-05-24 06:00:00.234+00'),
    (5, 'collection-user_contacts', '{"limit": 25, "sort": "email"}', '2025-05-29 13:00:00.271+00', '2025-05-25 13:00:00.271+00'),
    (6, 'collection-user_memberships', '{"limit": 50, "sort": "name"}', '2025-05-31 20:00:00.308+00', '2025-05-26 20:00:00.308+00'),
    (7, 'collection-membership_queue', '{"limit": 10, "sort": "-createdAt"}', '2025-06-03 03:00:00.345+00', '2025-05-28 03:00:00.345+00'),
    (8, 'collection-kyc_verification', '{"limit": 25, "sort": "email"}', '2025-06-05 10:00:00.382+00', '2025-05-29 10:00:00.382+00'),
    (9, 'collection-payout_management', '{"limit": 50, "sort": "name"}', '2025-06-07 17:00:00.419+00', '2025-05-30 17:00:00.419+00'),
    (10, 'collection-disputes', '{"limit": 10, "sort": "-createdAt"}', '2025-06-10 00:00:00.456+00', '2025-06-01 00:00:00.456+00'),
    (11, 'collection-tax_forms', '{"limit": 25, "sort": "email"}', '2025-06-12 07:00:00.493+00', '2025-06-02 07:00:00.493+00'),
    (12, 'collection-newsfeedpost', '{"limit": 50, "sort": "name"}', '2025-06-14 14:00:00.530+00', '2025-06-03 14:00:00.530+00'),
    (13, 'collection-admin', '{"limit": 10, "sort": "-createdAt"}', '2025-06-16 21:00:00.567+00', '2025-06-04 21:00:00.567+00'),
    (14, 'users-1', '{"fields": {"tabs": {"tabIndex": 1}}}', '2025-06-19 04:00:00.604+00', '2025-06-06 04:00:00.604+00'),
    (15, 'users-2', '{}', '2025-06-21 11:00:00.641+00', '2025-06-07 11:00:00.641+00'),
    (16, 'users-3', '{"fields": {"tabs": {"tabIndex": 3}}}', '2025-06-23 18:00:00.678+00', '2025-06-08 18:00:00.678+00'),
    (17, 'users-4', '{}', '2025-06-26 01:00:00.715+00', '2025-06-10 01:00:00.715+00'),
    (18, 'users-5', '{"fields": {"tabs": {"tabIndex": 1}}}', '2025-06-28 08:00:00.752+00', '2025-06-11 08:00:00.752+00'),
    (19, 'users-6', '{}', '2025-06-30 15:00:00.789+00', '2025-06-12 15:00:00.789+00'),
    (20, 'users-7', '{"fields": {"tabs": {"tabIndex": 3}}}', '2025-07-02 22:00:00.826+00', '2025-06-13 22:00:00.826+00'),
    (21, 'users-8', '{}', '2025-07-05 05:00:00.863+00', '2025-06-15 05:00:00.863+00'),
    (22, 'users-9', '{"fields": {"tabs": {"tabIndex": 1}}}', '2025-07-07 12:00:00.900+00', '2025-06-16 12:00:00.900+00'),
    (23, 'users-10', '{}', '2025-07-09 19:00:00.937+00', '2025-06-17 19:00:00.937+00'),
    (24, 'global-site', '[23, 24]', '2025-07-12 02:00:00.974+00', '2025-06-19 02:00:00.974+00'),
    (25, 'global-mail', '[24, 25]', '2025-07-14 09:00:01.011+00', '2025-06-20 09:00:01.011+00'),
    (26, 'global-queue', '[25, 26]', '2025-07-16 16:00:01.048+00', '2025-06-21 16:00:01.048+00'),
    (27, 'nav-dashboard', '{"limit": 50, "sort": "name"}', '2025-07-18 23:00:01.085+00', '2025-06-22 23:00:01.085+00'),
    (28, '', '"dark"', '2025-07-21 06:00:01.122+00', '2025-06-24 06:00:01.122+00'),
    (29, NULL, NULL, '2025-07-23 13:00:01.159+00', '2025-06-25 13:00:01.159+00');

INSERT INTO public.payload_preferences_rels (id, "order", parent_id, path, admin_id) VALUES
    (1, NULL, 1, 'user', NULL),
    (2, 2, 2, 'user', 1),
    (3, 3, 3, 'user', 1),
    (4, 1, 4, 'user', 1),
    (5, NULL, 5, 'user', 1),
    (6, 3, 6, 'user', NULL),
    (7, 1, 7, 'user', 1),
    (8, 2, 8, 'user', 1),
    (9, NULL, 9, 'user', 1),
    (10, 1, 10, 'user', 1),
    (11, 2, 11, 'user', NULL),
    (12, 3, 12, 'user', 1),
    (13, NULL, 13, 'user', 1),
    (14, 2, 14, 'user', 1),
    (15, 3, 15, 'user', 1),
    (16, 1, 16, 'user', NULL),
    (17, NULL, 17, 'user', 1),
    (18, 3, 18, 'user', 1),
    (19, 1, 19, 'user', 1),
    (20, 2, 20, 'user', 1),
    (21, NULL, 21, 'user', NULL),
    (22, 1, 22, 'user', 1),
    (23, 2, 23, 'user', 1),
    (24, 3, 24, 'user', 1),
    (25, NULL, 25, 'user', 1),
    (26, 2, 26, 'user', NULL),
    (27, 3, 27, 'user', 1),
    (28, 1, 28, 'user', 1),
    (29, NULL, 29, 'user', 1),
    (30, 3, 1, 'user.value', 1),
    (31, 1, 2, 'user.value', NULL),
    (32, 2, 3, 'user.value', 1),
    (33, NULL, 4, 'user.value', 1);

INSERT INTO public.payload_migrations (id, name, batch, updated_at, created_at) VALUES
    (1, 'dev', -1, '2025-10-27 06:02:01.009+00', '2025-05-20 09:00:00.123+00');

-- Schema public: memberships, checks and payouts.

INSERT INTO public.user_memberships (
    id, user_id, join_date, tenure, verification_status, assigned_admin_id_id, notes,
    created_at, updated_at
) VALUES
    (
        '9fba85b4-fcab-4695-a786-87ac83ffd8c2', 'a8249330-90b9-4ed7-a57d-96e602a2afe6', '2025-06-02', 4.5, 'VERIFIED',
        1, 'Founding member', '2025-06-02 07:22:14+00', '2025-06-02 07:22:14+00'
    ),
    (
        '5d31f501-6ca0-4a7c-a2cf-14599e596a3b', '32e5d97e-f96a-4799-a314-6ac08f1b6988', '2025-06-08', 0, 'VERIFIED',
        NULL, '', '2025-06-08 13:33:37.104729+00', '2025-06-10 13:33:37.104729+00'
    ),
    (
        '56e18bd9-6aeb-467d-a1c3-1166b091f2b2', '628aaa0c-c67d-4b4a-a81d-6721ad3de3cd', '2025-06-14', 12, 'PENDING', 1,
        NULL, '2025-06-14 08:05:00.209458+00', '2025-06-18 08:05:00.209458+00'
    ),
    (
        'e24f5042-60eb-4ece-a738-aa3aaa6a429c', 'c9a64dc5-7931-4393-a430-318511032cb4', '2025-06-20', 3.25, 'FAILED',
        NULL, 'Document did not match; asked for a new one.', '2025-06-20 14:15:23.314187+00',
        '2025-06-26 14:15:23.314187+00'
    ),
    (
        '9e5d165c-7909-4827-a128-35a5fecec438', '2cc0f8f2-796f-4247-a4d4-8463fe8b483f', '2025-06-26', 0.75, 'VERIFIED',
        1, NULL, '2025-06-26 08:46:46.418916+00', '2025-07-04 08:46:46.418916+00'
    ),
    (
        '6d30a2d2-d26e-4e42-af5d-c27c229795d4', 'de5e75c9-b97c-4bc4-aa5e-41f656975141', '2025-07-02', NULL, 'SKIPPED',
        NULL, NULL, '2025-07-02 14:58:09.523645+00', '2025-07-12 14:58:09.523645+00'
    ),
    (
        'ae7caab5-deb6-485b-a562-02e298251d00', '4730eb11-4af7-4801-a6a0-789fb3fec296', '2025-07-08', 0, 'PENDING', 1,
        NULL, '2025-07-08 09:28:32.628374+00', '2025-07-20 09:28:32.628374+00'
    ),
    (
        'd45bc4a5-61a2-4718-adc0-a65e36313415', '50f91a3f-4c78-47d3-a63e-1a0de50e9279', '2025-07-14', 7, 'VERIFIED',
        NULL, '日本語での連絡を希望', '2025-07-14 15:39:55.733103+00', '2025-07-28 15:39:55.733103+00'
    ),
    (
        'c9911436-b2a5-46a6-ad92-c95b2b2bb0c1', '04134cad-f483-4cbe-a585-6297d68ba180', '2025-07-20', 1, NULL, 1,
        'Says “call me after 6 pm”', '2025-07-20 10:10:18.837832+00', '2025-08-05 10:10:18.837832+00'
    ),
    (
        '26e051d0-a01e-4f0d-a4d8-10855993be19', '59e65919-7311-43c1-ad10-df3ce4944a09', '2025-07-26', 24, 'VERIFIED',
        NULL, NULL, '2025-07-26 16:21:41.942561+00', '2025-08-13 16:21:41.942561+00'
    ),
    (
        '87ca5180-9ff4-4c48-afba-f8bbd165290f', '8356f18f-a53f-40d5-a77d-58beb8638c52', '2025-08-01', 2, 'PENDING', 1,
        NULL, '2025-08-01 10:53:04.047290+00', '2025-08-21 10:53:04.047290+00'
    ),
    ('5a123b1c-fb28-426b-aecd-4258fb73481f', '0506ee66-a94d-4fd4-a3c4-0ad2fee3a5fd', '2025-08-07', 0.1, 'VERIFIED', NULL, NULL, NULL, NULL),
    (
        '73fcb318-b0f6-4951-a53e-bf913469b129', '5dc576fd-1215-4aff-a100-a072aa03bfb0', '2025-08-13', 5, 'VERIFIED', 1,
        NULL, '2025-08-13 11:34:50.256748+00', '2025-09-06 11:34:50.256748+00'
    ),
    (
        '10cb5bdf-2ab9-44a6-a238-2fc289e83bbc', 'dea6b61e-b5d5-4a0b-a55f-1d0136cb8ac8', '2025-08-19', 6, 'FAILED',
        NULL, '', '2025-08-19 17:46:13.361477+00', '2025-09-14 17:46:13.361477+00'
    );

INSERT INTO public.membership_queue (
    id, user_id, queue_position, joined_queue_at, is_eligible, priority_score,
    subscription_active, total_months_subscribed, last_payment_date, lifetime_payment_total,
    has_received_payout, notes, created_at, updated_at
) VALUES
    (
        'd234a9f1-a500-4e63-ac03-69c4acca8656', 'a8249330-90b9-4ed7-a57d-96e602a2afe6', 1, '2025-06-04 07:12:14+00',
        true, 120, true, 4, '2025-10-01 07:12:05+00', 100.00, false, NULL, '2025-06-04 07:12:14+00',
        '2025-06-04 07:12:14+00'
    ),
    (
        '0899e9f9-0e8a-4dc8-ad40-0e6a2c99d4d9', '32e5d97e-f96a-4799-a314-6ac08f1b6988', 2,
        '2025-06-10 13:23:37.104729+00', true, 95, true, 4, '2025-10-01 15:09:26.000500+00', 99.96, false, '',
        '2025-06-10 13:23:37.104729+00', '2025-07-10 13:23:37.104729+00'
    ),
    (
        'cdb23aa5-f1b2-41a3-abea-9d19d028eb7d', '628aaa0c-c67d-4b4a-a81d-6721ad3de3cd', 3,
        '2025-06-16 07:55:00.209458+00', false, 0, false, 0, NULL, NULL, false, 'Paused at the member’s wish',
        '2025-06-16 07:55:00.209458+00', '2025-08-15 07:55:00.209458+00'
    ),
    (
        '3a568b27-31a7-4a71-a8d6-3b71e832ed23', 'c9a64dc5-7931-4393-a430-318511032cb4', 4,
        '2025-06-22 14:05:23.314187+00', true, -10, true, 3, '2025-09-05 07:12:05+00', 74.97, true, NULL,
        '2025-06-22 14:05:23.314187+00', '2025-09-20 14:05:23.314187+00'
    ),
    (
        '5de98f90-c124-47b0-afe5-4acb1a4d00a3', '2cc0f8f2-796f-4247-a4d4-8463fe8b483f', NULL,
        '2025-06-28 08:36:46.418916+00', NULL, NULL, false, NULL, NULL, NULL, NULL, 'no payment yet',
        '2025-06-28 08:36:46.418916+00', '2025-10-26 08:36:46.418916+00'
    );

INSERT INTO public.kyc_verification (
    id, user_id, status, verification_method, document_type, document_number,
    document_front_url, document_back_url, selfie_url, verification_provider,
    provider_verification_id, verification_data, verified_at, expires_at, rejection_reason,
    reviewer_id, reviewer_notes, risk_score, risk_factors, ip_address, user_agent, geolocation,
    created_at, updated_at
) VALUES
    (
        '619cb333-751c-4e07-a84d-e49655848b5e', 'a8249330-90b9-4ed7-a57d-96e602a2afe6', 'verified', 'stripe_identity',
        'passport', 'X1234567', 'https://files.example.com/kyc/0/front.jpg', NULL,
        'https://files.example.com/kyc/0/selfie.jpg', 'Stripe', 'vs_xyZhylMMrYP1jPrVNHuCb7Ua',
        '{"checks": {"face": "clear", "document": "clear"}, "country": "NG"}', '2025-06-03 12:12:14.000001+00',
        '2026-06-03 12:12:14.000001+00', NULL, NULL, NULL, 3, '[]', '203.0.113.17',
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
        '{"country": "US", "city": "Washington"}', '2025-06-03 07:12:14+00', '2025-06-03 12:12:14.000001+00'
    ),
    (
        'aade6d76-568e-4c2b-a19b-b6499a8216e6', '32e5d97e-f96a-4799-a314-6ac08f1b6988', 'verified', 'persona',
        'national_id', 'SE-790 1103', 'https://files.example.com/kyc/1/front.jpg',
        'https://files.example.com/kyc/1/back.jpg', 'https://files.example.com/kyc/1/selfie.jpg', 'Persona',
        'vs_rdYuQEF5AhMh0NvroVDgX01E', '{"checks": {"document": "clear"}, "country": "SE"}',
        '2025-06-09 19:23:37.104730+00', '2026-06-09 19:23:37.104730+00', NULL, 1, '', 0, '[]',
        '2001:db8:85a3::8a2e:370:7334',
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
        '{"country": "SE", "city": "Malmö"}', '2025-06-09 14:23:37.104729+00', '2025-06-09 19:23:37.104730+00'
    ),
    (
        'c6b2e029-7e05-4f64-a5ed-25d99f585b88', '628aaa0c-c67d-4b4a-a81d-6721ad3de3cd', 'pending', NULL, NULL, '',
        NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, '[]', '198.51.100.0/24', NULL, NULL,
        '2025-06-15 09:55:00.209458+00', '2025-06-15 09:55:00.209458+00'
    ),
    (
        '87d54937-f073-4619-a77e-194c6c860c16', 'c9a64dc5-7931-4393-a430-318511032cb4', 'rejected', 'manual',
        'drivers_license', 'DL 4417 88', 'https://files.example.com/kyc/3/front.jpg',
        'https://files.example.com/kyc/3/back.jpg', NULL, NULL, NULL, '{"checks": {"document": "unreadable"}}', NULL,
        NULL, 'The photo of the licence is out of focus.', 1, 'Asked for a new scan on the phone.', 88,
        '[{"code": "document_quality", "weight": 60}, {"code": "ip_mismatch", "weight": 28}]', '192.0.2.44',
        'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', NULL,
        '2025-06-21 17:05:23.314187+00', '2025-06-21 17:05:23.314187+00'
    ),
    (
        '1a5628af-28c0-477d-ac06-0da4623ac7bb', '2cc0f8f2-796f-4247-a4d4-8463fe8b483f', 'verified', 'onfido',
        'passport', NULL, 'https://files.example.com/kyc/4/front.jpg', NULL,
        'https://files.example.com/kyc/4/selfie.jpg', 'Onfido', 'vs_ZagFpCSaLaygcsBstc1kEUFY',
        '{"name": "Elena García", "country": "ES"}', '2025-06-27 17:36:46.418917+00', '2026-06-27 17:36:46.418917+00',
        NULL, NULL, NULL, 12, '[]', '2001:db8::1', 'node', '{"country": "ES", "city": "A Coruña"}',
        '2025-06-27 12:36:46.418916+00', '2025-06-27 17:36:46.418917+00'
    ),
    (
        '6ec62e65-81fa-4aa8-aba5-8944979eb682', 'de5e75c9-b97c-4bc4-aa5e-41f656975141', 'in_review', 'plaid', 'ssn',
        '***-**-6789', NULL, NULL, NULL, 'Plaid', 'vs_XsPATfvZSSKfzR5ijVdneVva', NULL, NULL, NULL, NULL, 1,
        'Waiting for the second page', 47, NULL, '203.0.113.200',
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
        NULL, '2025-07-03 19:48:09.523645+00', '2025-07-03 19:48:09.523645+00'
    ),
    (
        '2b3db92c-1a52-4542-ad24-994f7673ca2c', '4730eb11-4af7-4801-a6a0-789fb3fec296', 'expired', 'stripe_identity',
        'passport', 'K0099121', 'https://files.example.com/kyc/6/front.jpg', NULL,
        'https://files.example.com/kyc/6/selfie.jpg', 'Stripe', 'vs_8DfQaDjqe4BG966alnfuvStc',
        '{"checks": {"face": "clear", "document": "expired"}}', '2025-07-09 20:18:32.628375+00',
        '2025-09-07 20:18:32.628375+00', NULL, NULL, NULL, 100, '[{"code": "document_expired", "weight": 100}]',
        '192.0.2.1',
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
        '{"country": "KR"}', '2025-07-09 15:18:32.628374+00', '2025-07-09 20:18:32.628375+00'
    ),
    (
        'a4ffbe4d-ef44-4ad6-a070-026daa3efdb9', '50f91a3f-4c78-47d3-a63e-1a0de50e9279', 'verified', 'persona',
        'drivers_license', 'TK1234567', 'https://files.example.com/kyc/7/front.jpg',
        'https://files.example.com/kyc/7/back.jpg', 'https://files.example.com/kyc/7/selfie.jpg', 'Persona',
        'vs_fsymnZg6KofMv2wP2tfpT2Sx', '{"name": "田中 Hiroshi", "country": "JP"}', '2025-07-16 03:29:55.733104+00',
        '2026-07-16 03:29:55.733104+00', NULL, NULL, NULL, 5, '[]', '2001:db8:0:7::/64',
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
        '{"country": "JP", "city": "東京"}', '2025-07-15 22:29:55.733103+00', '2025-07-16 03:29:55.733104+00'
    );

INSERT INTO public.payout_management (
    id, payout_id, user_id, queue_position, amount, currency, status, eligibility_check,
    approval_workflow, scheduled_date, payment_method, bank_details, tax_withholding,
    processing, receipt_url, internal_notes, audit_trail, created_at, updated_at
) VALUES
    (
        'ba3d2d2c-6df9-4794-a83e-6f4a3f4b3362', 'PO-1000', 'a8249330-90b9-4ed7-a57d-96e602a2afe6', 1, 100000.00, 'USD',
        'completed', '{"passed": true, "months": 12, "kyc": "verified"}',
        '[{"step": 1, "role": "Manager", "approved": true}, {"step": 2, "role": "Super Admin", "approved": true}]',
        '2025-09-24 07:12:05+00', 'ach',
        '{"bank": "First Example Bank", "account": "****4400", "routing": "021000021"}',
        '{"rate_percent": 24, "amount_cents": 2400000}', '{"reference": "TRX-7000", "attempts": 1, "error": null}',
        'https://files.example.com/payouts/PO-1000.pdf', '[]',
        '[{"at": "2025-09-10 07:12:05+00", "event": "created"}, {"at": "2025-09-25 07:12:05+00", "event": "completed"}]',
        '2025-09-10 07:12:05+00', '2025-09-25 07:12:05+00'
    ),
    (
        'c25f934a-5636-4655-a593-59053bc9ff44', 'PO-1001', '32e5d97e-f96a-4799-a314-6ac08f1b6988', 2, 100000.00, 'EUR',
        'completed', '{"passed": true, "months": 11, "kyc": "verified"}',
        '[{"step": 1, "role": "Manager", "approved": true}, {"step": 2, "role": "Super Admin", "approved": true}]',
        '2025-09-26 15:51:12.424673+00', 'wire',
        '{"bank": "Exempelbanken Malmö", "iban": "SE35 5000 0000 0549 1000 0003"}',
        '{"rate_percent": 24, "amount_cents": 2400000}', '{"reference": "TRX-7001", "attempts": 1, "error": null}',
        'https://files.example.com/payouts/PO-1001.pdf', '[]',
        '[{"at": "2025-09-12 15:51:12.424673+00", "event": "created"}, {"at": "2025-09-27 15:51:12.424673+00", "event": "completed"}]',
        '2025-09-12 15:51:12.424673+00', '2025-09-27 15:51:12.424673+00'
    ),
    (
        '6dd28a39-ad87-485c-aef6-59bb9c982f65', 'PO-1002', '628aaa0c-c67d-4b4a-a81d-6721ad3de3cd', 3, 99999.99, 'USD',
        'processing', '{"passed": true, "months": 10, "kyc": "pending"}',
        '[{"step": 1, "role": "Manager", "approved": true}]', '2025-09-28 12:50:19.849346+00', 'ach',
        '{"bank": "First Example Bank", "account": "****4402", "routing": "021000021"}', NULL,
        '{"reference": "TRX-7002", "attempts": 1, "error": null}', '', '[]',
        '[{"at": "2025-09-14 12:50:19.849346+00", "event": "created"}]', '2025-09-14 12:50:19.849346+00',
        '2025-09-14 12:50:19.849346+00'
    ),
    (
        '81854d86-0d86-41d2-a4b7-436db1c7f13c', 'PO-1003', 'c9a64dc5-7931-4393-a430-318511032cb4', 4, 100000.00, 'USD',
        'scheduled', '{"passed": true, "months": 9, "kyc": "rejected"}',
        '[{"step": 1, "role": "Manager", "approved": true}]', '2025-09-30 09:49:26.274019+00', 'check', NULL, NULL,
        NULL, NULL, '[]', '[{"at": "2025-09-16 09:49:26.274019+00", "event": "created"}]',
        '2025-09-16 09:49:26.274019+00', '2025-09-16 09:49:26.274019+00'
    ),
    (
        '00e4035e-1a03-4df4-a4e8-2945100fde88', 'PO-1004', '2cc0f8f2-796f-4247-a4d4-8463fe8b483f', 5, 0.01, 'USD',
        'approved', '{"passed": true, "months": 8, "kyc": "verified"}',
        '[{"step": 1, "role": "Manager", "approved": true}]', NULL, 'paypal', '{"email": "elena.garcia@example.com"}',
        NULL, NULL, NULL, '[]', '[{"at": "2025-09-18 18:28:33.698692+00", "event": "created"}]',
        '2025-09-18 18:28:33.698692+00', '2025-09-18 18:28:33.698692+00'
    ),
    (
        '8285b606-06e4-4b6e-a581-a3ccdb6402bd', 'PO-1005', 'de5e75c9-b97c-4bc4-aa5e-41f656975141', 6, 100000.00, NULL,
        'pending_approval', NULL, '[]', NULL, 'ach',
        '{"bank": "First Example Bank", "account": "****4405", "routing": "021000021"}', NULL, NULL, NULL, '[]',
        '[{"at": "2025-09-20 15:27:40.123365+00", "event": "created"}]', '2025-09-20 15:27:40.123365+00',
        '2025-09-20 15:27:40.123365+00'
    ),
    (
        '1dbe6ee0-1b5c-4b37-af6c-5bef233af6ec', 'PO-1006', '4730eb11-4af7-4801-a6a0-789fb3fec296', 7, 50000.50, 'SEK',
        'failed', '{"passed": true, "months": 6, "kyc": "expired"}', '[]', NULL, 'wire',
        '{"bank": "Exempelbanken Malmö", "iban": "SE35 5000 0000 0549 1000 0003"}', NULL,
        '{"reference": "TRX-7006", "attempts": 3, "error": "account closed"}', NULL,
        '[{"by": 1, "text": "Member moved to Zürich; new account."}]',
        '[{"at": "2025-09-22 12:26:47.548038+00", "event": "created"}, {"at": "2025-10-07 12:26:47.548038+00", "event": "failed"}]',
        '2025-09-22 12:26:47.548038+00', '2025-10-07 12:26:47.548038+00'
    ),
    (
        'a575834a-ef56-447d-aca9-4bf201aad7bd', 'PO-1007', '50f91a3f-4c78-47d3-a63e-1a0de50e9279', 8, 100000.00, 'USD',
        'cancelled', '{"passed": false, "months": 5, "kyc": "verified"}', '[]', NULL, 'ach',
        '{"bank": "First Example Bank", "account": "****4407", "routing": "021000021"}', NULL, NULL, NULL, '[]',
        '[{"at": "2025-09-24 09:25:54.972711+00", "event": "created"}]', '2025-09-24 09:25:54.972711+00',
        '2025-09-24 09:25:54.972711+00'
    ),
    (
        '0470f438-75f5-4a3f-a24e-1a9480e8a869', 'PO-1008', '04134cad-f483-4cbe-a585-6297d68ba180', 9, 100000.00, '',
        'pending_approval', '{"passed": true, "months": 4, "kyc": null}', NULL, NULL, 'ach',
        '{"bank": "First Example Bank", "account": "****4408", "routing": "021000021"}', NULL, NULL, NULL, '[]',
        '[{"at": "2025-09-26 18:05:01.397384+00", "event": "created"}]', '2025-09-26 18:05:01.397384+00',
        '2025-09-26 18:05:01.397384+00'
    ),
    (
        '82c98f39-b4b5-490d-a4c8-83869e3eb6fa', 'PO-1009', '59e65919-7311-43c1-ad10-df3ce4944a09', 10, 9999999999.99,
        'USD', 'scheduled', '{"passed": true, "months": 3, "kyc": null}', '[]', '2025-10-12 15:03:08.822057+00',
        'paypal', '{"email": "jamal.washington@example.com"}', NULL, NULL, NULL, NULL,
        '[{"at": "2025-09-28 15:03:08.822057+00", "event": "created"}]', '2025-09-28 15:03:08.822057+00',
        '2025-09-28 15:03:08.822057+00'
    );

INSERT INTO public.disputes (
    id, dispute_id, payment_id, user_id, type, status, reason, amount, currency,
    stripe_dispute_id, customer_message, respond_by, evidence, assigned_to, internal_notes,
    resolution, impact, created_at, updated_at
) VALUES
    (
        '955d581f-d967-44cc-a3ff-450902de2759', 'DP-1', '58fec62f-d36e-48d6-ae04-fb6d24ef48a7',
        'c9a64dc5-7931-4393-a430-318511032cb4', 'chargeback', 'needs_response', '“I do not recognise this charge”',
        24.99, 'USD', 'dp_1QM5aIDLjjbVTLtrQk6c2q', NULL, '2025-10-20 07:12:05.654321+00',
        '{"receipt": "https://files.example.com/receipts/1.pdf"}', 1, '[]', NULL, '{"fee_cents": 1500}',
        '2025-10-11 07:12:05.654321+00', '2025-10-11 07:12:05.654321+00'
    ),
    (
        '4c66806f-821a-49e7-a4c8-262d0439f698', 'DP-2', NULL, '2cc0f8f2-796f-4247-a4d4-8463fe8b483f', 'refund_request',
        'under_review', 'Charged twice in September', 49.98, 'EUR', NULL,
        'Hola, me habéis cobrado dos veces. ¡Gracias!', '2025-10-25 08:25:54.654321+00', '{}', NULL,
        '[{"by": 1, "text": "Second charge confirmed."}]', '{"proposal": "refund", "amount_cents": 2499}', NULL,
        '2025-10-16 08:25:54.654321+00', '2025-10-17 14:25:54.654321+00'
    );

-- Schema public: the logs.

INSERT INTO public.user_audit_logs (
    id, user_id, admin_id, entity_type, entity_id, action, old_values, new_values, success,
    error_message, ip_address, user_agent, metadata, created_at
) VALUES
    (
        '21b449e3-ca6c-46db-a4c6-8bf50253aadc', 'a8249330-90b9-4ed7-a57d-96e602a2afe6', NULL, 'user_profiles', NULL,
        'UPDATE', '{"middle_name": null}', '{"middle_name": "Ngozi"}', true, NULL, '203.0.113.17',
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
        '{}', '2025-07-12 09:51:32.000077+00'
    );

INSERT INTO public.system_audit_logs (
    id, user_id, admin_id, entity_type, entity_id, action, old_values, new_values, success, error_message,
    ip_address, user_agent, metadata, created_at
)
SELECT
    md5('public.audit.' || n)::uuid,
    CASE WHEN n % 6 <> 0 THEN u.id END,
    CASE WHEN n % 10 = 0 THEN 1 END,
    (ARRAY['users', 'user_profiles', 'auth_session', 'membership_queue', 'payout_management', 'kyc_verification', 'signup'])[n % 7 + 1],
    CASE n % 3 WHEN 0 THEN md5('entity.' || n % 40)::uuid WHEN 1 THEN u.id END,
    (ARRAY['INSERT', 'UPDATE', 'DELETE', 'LOGIN', 'LOGOUT', 'VIEW', 'EXPORT', 'UPDATE'])[n % 8 + 1],
    CASE
        WHEN n % 8 IN (1, 7) THEN jsonb_build_object('status', 'Pending', 'revision', n - 1)
        WHEN n % 8 = 2 THEN jsonb_build_object('id', n, 'name', 'größer “als” 🚀')
    END,
    CASE
        WHEN n % 8 IN (1, 7) THEN jsonb_build_object('status', 'Active', 'revision', n)
        WHEN n % 8 = 0 THEN jsonb_build_object('email', u.email, 'tags', jsonb_build_array('new', NULL, n % 5))
    END,
    n % 17 <> 0,
    CASE WHEN n % 34 = 0 THEN 'timed out after ' || n || ' ms' WHEN n % 17 = 0 THEN '' END,
    CASE n % 5
        WHEN 0 THEN NULL
        WHEN 1 THEN ('198.51.100.' || n % 250)::inet
        WHEN 2 THEN ('2001:db8::' || to_hex(n))::inet
        WHEN 3 THEN ('203.0.113.' || n % 250)::inet
        ELSE '192.0.2.0/24'::inet
    END,
    CASE n % 4
        WHEN 0 THEN 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'
        WHEN 1 THEN 'node'
        WHEN 2 THEN ''
    END,
    CASE WHEN n % 9 = 0 THEN NULL WHEN n % 9 < 4 THEN jsonb_build_object('request', md5('request.' || n), 'took_ms', n % 311) ELSE '{}'::jsonb END,
    CASE WHEN n % 487 <> 0 THEN timestamptz '2025-06-02 07:12:15+00' + n * interval '1 hour 47 minutes 31.004217 seconds' END
FROM generate_series(1, 1950) AS n
JOIN (
    SELECT id, email, row_number() OVER (ORDER BY id) - 1 AS position
    FROM public.users
) AS u ON u.position = n % 17;

-- The next value of each sequence follows the rows.

SELECT setval('auth.refresh_tokens_id_seq', 44);
SELECT setval('public.admin_id_seq', 1);
SELECT setval('public.payload_preferences_id_seq', 29);
SELECT setval('public.payload_preferences_rels_id_seq', 33);
SELECT setval('public.payload_migrations_id_seq', 1);

COMMIT;
