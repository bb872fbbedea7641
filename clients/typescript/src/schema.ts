// Made by `make client` from the OpenAPI document. Do not change it by hand.
export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process answers
         * @description Needs no database.
         *
         *     Needs no token.
         */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the database answers and has the schema that this code needs
         * @description Needs no token.
         */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This API as an OpenAPI 3.1 document
         * @description Needs no token.
         */
        get: operations["openapi_document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This API as a page to read
         * @description Needs no token.
         */
        get: operations["docs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account
         * @description A teacher founds a school or comes in by a staff invite, a student by a class's code, a parent by a
         *     child's link code. Teachers and parents get a mail; the answer is the same whether their address has an
         *     account already or not. A student is ready to sign in at once.
         *
         *     Needs no token.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with e-mail address and password, or with class code, user name and PIN
         * @description After five failures within a quarter of an hour the account is locked for this address: for a minute, then
         *     for twice as long each time, up to a quarter of an hour.
         *
         *     Needs no token.
         */
        post: operations["log_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for new tokens
         * @description Each refresh token is good once. One that comes back ends the session, the newest token included. Of two
         *     requests at the same moment one gets the tokens, the other `TOKEN_JUST_REPLACED`.
         *
         *     Needs no token.
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the session of a refresh token
         * @description The same answer whether there is one or not.
         *
         *     Needs no token.
         */
        post: operations["log_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/email/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm an e-mail address with the token of the mail
         * @description Needs no token.
         */
        post: operations["verify_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/email/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the mail to confirm an address once more
         * @description The same answer, whatever the address. At most five mails an hour go to one person.
         *
         *     Needs no token.
         */
        post: operations["resend_verification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password/forgot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a mail to choose a new password
         * @description The same answer, whatever the address. At most five mails an hour go to one person.
         *
         *     Needs no token.
         */
        post: operations["forgot_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose a password with the token of a mail
         * @description Ends every session.
         *
         *     Needs no token.
         */
        post: operations["reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who the caller is
         * @description For every signed-in user.
         */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change one's name or language
         * @description A student's name is kept by the school.
         *
         *     For every signed-in user.
         */
        patch: operations["change_me"];
        trace?: never;
    };
    "/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change one's password
         * @description Ends every session, and answers with a new one.
         *
         *     For the roles `teacher`, `parent`, `admin`, `operator`.
         */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is stored about the caller, table by table
         * @description For every signed-in user.
         */
        get: operations["export_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for the end of one's account
         * @description A student's request waits for a parent or an admin to confirm it; everybody else's counts at once. After
         *     30 days of grace personal data are purged. Asking again changes nothing.
         *
         *     For every signed-in user.
         */
        post: operations["request_deletion"];
        /**
         * Take the request for deletion back
         * @description For every signed-in user.
         */
        delete: operations["cancel_deletion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The accounts at outside OpenID issuers that may act as the caller
         * @description For every signed-in user.
         */
        get: operations["list_identities"];
        put?: never;
        /**
         * Let an account at a trusted OpenID issuer act as the caller, by presenting a token of it
         * @description From then on that issuer's tokens are accepted as bearer tokens of the caller. Linking again changes
         *     nothing.
         *
         *     For every signed-in user.
         */
        post: operations["link_identity"];
        /**
         * Take an outside account's right to act as the caller back
         * @description For every signed-in user.
         */
        delete: operations["unlink_identity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All schools
         * @description For the roles `operator`.
         */
        get: operations["list_schools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{school_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A school and its settings
         * @description For the roles `admin`, `operator`.
         */
        get: operations["get_school"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a school's settings
         * @description Only an operator changes its plan.
         *
         *     For the roles `admin`, `operator`.
         */
        patch: operations["change_school"];
        trace?: never;
    };
    "/v1/schools/{school_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is stored about a school, table by table
         * @description For the roles `admin`, `operator`.
         */
        get: operations["export_school"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{school_id}/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for the end of a school
         * @description After 30 days of grace it is purged. Asking again changes nothing.
         *
         *     For the roles `admin`, `operator`.
         */
        post: operations["request_school_deletion"];
        /**
         * Take the request for a school's deletion back
         * @description For the roles `admin`, `operator`.
         */
        delete: operations["cancel_school_deletion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{school_id}/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The school's staff invites, newest first
         * @description For the roles `admin`.
         */
        get: operations["list_staff_invites"];
        put?: never;
        /**
         * Make a code with which teachers register in the school
         * @description For the roles `admin`.
         */
        post: operations["invite_staff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{school_id}/invites/{invite_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a staff invite back
         * @description For the roles `admin`.
         */
        delete: operations["revoke_staff_invite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The people of an admin's school, or the students of a teacher
         * @description For the roles `teacher`, `admin`.
         */
        get: operations["list_users"];
        put?: never;
        /**
         * Make an account in one's school
         * @description A student gets a user name and a PIN, everybody else a mail to set a password.
         *
         *     For the roles `admin`.
         */
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One person
         * @description The look at a student's record is noted.
         *
         *     For the roles `teacher`, `admin`.
         */
        get: operations["get_user"];
        put?: never;
        post?: never;
        /**
         * Delete an account
         * @description It cannot sign in from now on, and is purged after 30 days; until then it can be made active again.
         *
         *     For the roles `admin`.
         */
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        /**
         * Change an account
         * @description A new role or status ends its sessions; a school keeps at least one admin.
         *
         *     For the roles `admin`.
         */
        patch: operations["change_user"];
        trace?: never;
    };
    "/v1/users/{user_id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a student a new PIN
         * @description Ends their sessions.
         *
         *     For the roles `teacher`, `admin`.
         */
        put: operations["set_pin"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a student from one class to another
         * @description All that they did moves along.
         *
         *     A teacher teaches both classes. Moving again changes nothing.
         *
         *     For the roles `teacher`, `admin`.
         */
        post: operations["move_student"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/deletion/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that a student's account shall end, as an admin or a parent with a confirmed link
         * @description For the roles `admin`, `parent`.
         */
        post: operations["confirm_deletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/link-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a code with which a parent asks for a link to this student
         * @description For the roles `teacher`, `admin`.
         */
        post: operations["make_link_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/families/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A parent's own links, those of a teacher's students, or all of an admin's school
         * @description For the roles `parent`, `teacher`, `admin`.
         */
        get: operations["list_family_links"];
        put?: never;
        /**
         * Ask for a link to another child, with its link code
         * @description It counts once the school has confirmed it.
         *
         *     For the roles `parent`.
         */
        post: operations["ask_family_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/families/links/{link_id}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that the parent is the child's
         * @description Confirming again changes nothing.
         *
         *     For the roles `teacher`, `admin`.
         */
        post: operations["confirm_family_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/families/links/{link_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a link
         * @description For the roles `parent`, `admin`.
         */
        delete: operations["remove_family_link"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read which mails one is offered, and which of them one wants
         * @description Nobody wants any until they say so.
         *
         *     For the roles `student`, `parent`.
         */
        get: operations["list_preferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/preferences/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Ask for the mails of one kind, or for no more of them
         * @description For the roles `student`, `parent`.
         */
        put: operations["set_preference"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/unsubscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a subscription by one click in a mail program (RFC 8058), whose form is not read
         * @description The same answer whether the token is known or not, and when it is sent again.
         *
         *     Needs no token.
         */
        post: operations["unsubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/families/children/{student_id}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what one's child did in the last seven days
         * @description For the roles `parent`.
         */
        get: operations["get_child_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/families/children/{student_id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what may be done with one's child's data
         * @description For the roles `parent`.
         */
        get: operations["list_child_consents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/families/children/{student_id}/consents/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Consent for one's child, refuse, or take a consent back
         * @description The newest word of a parent or of the school holds. When the link to the child ends, so does what was
         *     said.
         *
         *     For the roles `parent`.
         */
        put: operations["set_child_consent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what may be done with a student's data
         * @description For the roles `teacher`, `admin`.
         */
        get: operations["list_user_consents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/consents/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Record what a student's parents told the school on paper
         * @description For the roles `admin`.
         */
        put: operations["record_consent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/classrooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the classes that one is in; an admin's whole school
         * @description For the roles `student`, `teacher`, `admin`.
         */
        get: operations["list_classrooms"];
        put?: never;
        /**
         * Make a class
         * @description A teacher who makes it teaches it; an admin puts teachers in afterwards.
         *
         *     For the roles `teacher`, `admin`.
         */
        post: operations["create_classroom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/classrooms/{classroom_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a class
         * @description For the roles `student`, `teacher`, `admin`.
         */
        get: operations["get_classroom"];
        put?: never;
        post?: never;
        /**
         * Delete a class in which there are no students
         * @description One with students is archived instead. Answers belong to students and stay.
         *
         *     For the roles `admin`.
         */
        delete: operations["delete_classroom"];
        options?: never;
        head?: never;
        /**
         * Change a class, archive it, or take it out of the archive
         * @description For the roles `teacher`, `admin`.
         */
        patch: operations["change_classroom"];
        trace?: never;
    };
    "/v1/classrooms/{classroom_id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a class a new sign-in code; the old one ends
         * @description For the roles `teacher`, `admin`.
         */
        post: operations["renew_classroom_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/classrooms/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Join a class by an invite code
         * @description For the roles `student`.
         */
        post: operations["join_classroom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/classrooms/{classroom_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the teachers and students of a class
         * @description For the roles `teacher`, `admin`.
         */
        get: operations["list_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/classrooms/{classroom_id}/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put somebody of the school into a class
         * @description A teacher puts in colleagues, and students whom they teach already; others join by an invite code, or are
         *     put in by an admin. To move a student, put them into the new class and take them out of the old one.
         *
         *     For the roles `teacher`, `admin`.
         */
        put: operations["put_member"];
        post?: never;
        /**
         * Take somebody out of a class
         * @description A class keeps at least one teacher, unless an admin decides otherwise.
         *
         *     For the roles `teacher`, `admin`.
         */
        delete: operations["remove_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/classrooms/{classroom_id}/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the invite codes of a class, newest first
         * @description For the roles `teacher`, `admin`.
         */
        get: operations["list_class_invites"];
        put?: never;
        /**
         * Make a code with which students join a class
         * @description For the roles `teacher`, `admin`.
         */
        post: operations["create_class_invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/classrooms/{classroom_id}/invites/{invite_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an invite code of a class back
         * @description For the roles `teacher`, `admin`.
         */
        delete: operations["revoke_class_invite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roster/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import people, classes and enrolments from the CSV files of OneRoster 1.1 or 1.2
         * @description Each line is reported: created, changed, unchanged, or refused with the reason; the others go on. A dry
         *     run gives the same report and changes nothing. To import again is safe. Lines that are not there mean
         *     nothing: an account with the status `tobedeleted` is disabled, a class archived, an enrolment ended.
         *     Teachers and parents who are new get a mail to set a password, students a PIN from their teacher. Up to
         *     10,000 lines at once.
         *
         *     For the roles `admin`.
         */
        post: operations["import_roster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roster/users.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the school's people as OneRoster's `users.csv`
         * @description Imported again, nothing changes.
         *
         *     Where a cell could be taken for a formula, an apostrophe is put before it; the import takes it off.
         *
         *     For the roles `admin`.
         */
        get: operations["export_roster_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roster/classes.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the school's classes, without archived ones, as OneRoster's `classes.csv`
         * @description For the roles `admin`.
         */
        get: operations["export_roster_classes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roster/enrollments.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export who is in these classes as OneRoster's `enrollments.csv`
         * @description For the roles `admin`.
         */
        get: operations["export_roster_enrollments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roster/school-years": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a new school year: archive last year's classes, and put their students into new ones
         * @description All of the plan is done, or nothing; each class is reported. A planned class that is there already, by its
         *     `sourced_id`, stays as it is: to send the plan again is safe. Students stay on the list of the archived
         *     class, its teachers leave it. What students know moves along.
         *
         *     For the roles `admin`.
         */
        post: operations["begin_school_year"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/classrooms/{classroom_id}/pins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give the students of a class new PINs, as a sheet to print
         * @description They are told this once.
         *
         *     Ends the sessions of those who get one. A class gets a sheet at most once a minute.
         *
         *     For the roles `teacher`, `admin`.
         */
        post: operations["set_class_pins"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/skills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the skills, each with its prerequisites
         * @description For every signed-in user, and for service keys with the scope `skills:read`.
         */
        get: operations["list_skills"];
        put?: never;
        /**
         * Add a skill
         * @description For the roles `operator`.
         */
        post: operations["create_skill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/skills/{skill_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a skill
         * @description For every signed-in user, and for service keys with the scope `skills:read`.
         */
        get: operations["get_skill"];
        put?: never;
        post?: never;
        /**
         * Retire a skill: it is listed no more, and no answer counts towards it
         * @description For the roles `operator`.
         */
        delete: operations["retire_skill"];
        options?: never;
        head?: never;
        /**
         * Change a skill's names or its place in lists
         * @description For the roles `operator`.
         */
        patch: operations["change_skill"];
        trace?: never;
    };
    "/v1/skills/{skill_id}/prerequisites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say which skills come right before one
         * @description A circle is refused.
         *
         *     For the roles `operator`.
         */
        put: operations["set_prerequisites"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exercises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the exercises that may be set in the school, newest first
         * @description For every signed-in user.
         */
        get: operations["list_exercises"];
        put?: never;
        /**
         * Add an exercise
         * @description Its answer is computed.
         *
         *     It belongs to the school of who adds it; an operator's belongs to the platform, for all schools.
         *
         *     For the roles `teacher`, `admin`, `operator`.
         */
        post: operations["create_exercise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exercises/{exercise_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an exercise
         * @description For every signed-in user.
         */
        get: operations["get_exercise"];
        put?: never;
        post?: never;
        /**
         * Archive an exercise of the own school
         * @description Attempts at it stay.
         *
         *     For the roles `teacher`, `admin`, `operator`.
         */
        delete: operations["archive_exercise"];
        options?: never;
        head?: never;
        /**
         * Change an exercise of the own school, archive it, or take it out of the archive
         * @description For the roles `teacher`, `admin`, `operator`.
         */
        patch: operations["change_exercise"];
        trace?: never;
    };
    "/v1/exercises/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make exercises of a topic or skill, also such that bring given bugs out or tell them apart
         * @description With `store`, they are added to the school's exercises, which no service key may. The same seed and wishes
         *     make the same exercises.
         *
         *     For the roles `teacher`, `admin`, and for service keys with the scope `exercises:generate`.
         */
        post: operations["generate_exercises"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exercises/{exercise_id}/story": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a language model tell an exercise of the own school as a story
         * @description It takes some seconds: read the exercise again while its `story_status` is `pending`. The story is shown
         *     once it was checked to be about just this problem; the answer to it is the exercise's, which was computed.
         *     The problem is one operation on plain numbers: of whole numbers, decimals or fractions (which are not
         *     divided). For another story, remove the one that it has.
         *
         *     For the roles `teacher`, `admin`.
         */
        post: operations["wish_for_story"];
        /**
         * Remove the story of an exercise of the own school, or the wish for one
         * @description The exercise stays.
         *
         *     For the roles `teacher`, `admin`.
         */
        delete: operations["remove_story"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bugs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the catalogue of bugs, by id, each with a worked example
         * @description A bug is a wrong procedure that students are known to follow.
         *
         *     For every signed-in user, and for service keys with the scope `bugs:read`.
         */
        get: operations["list_bugs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bugs/{bug_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a bug
         * @description For every signed-in user, and for service keys with the scope `bugs:read`.
         */
        get: operations["get_bug"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Retire a bug, so that no diagnosis proposes it any more, or take it back
         * @description It holds everywhere within a minute. Diagnoses that were made before stay as they are.
         *
         *     For the roles `operator`.
         */
        patch: operations["change_bug"];
        trace?: never;
    };
    "/v1/diagnose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Diagnose an answer to a problem without storing anything
         * @description For every signed-in user, and for service keys with the scope `diagnose`.
         */
        post: operations["diagnose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List attempts, newest answers first
         * @description Students see their own, teachers those of the students they teach, parents those of their children, and
         *     admins the whole school's.
         *
         *     For the roles `student`, `teacher`, `parent`, `admin`, and for service keys with the scope `attempts:read`.
         */
        get: operations["list_attempts"];
        put?: never;
        /**
         * Submit an answer and get its diagnosis
         * @description The answer is to an exercise, or to a problem in the grammar. It counts towards mastery exactly once; one
         *     that cannot be read does not count. From a device that was offline, send `client_id` and `answered_at`:
         *     what was stored before under the same `client_id` is answered again.
         *
         *     For the roles `student`.
         */
        post: operations["submit_attempt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attempts/{attempt_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an attempt with its whole diagnosis
         * @description For the roles `student`, `teacher`, `parent`, `admin`, and for service keys with the scope `attempts:read`.
         */
        get: operations["get_attempt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attempts/{attempt_id}/diagnoses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all diagnoses that an attempt has had, newest first
         * @description For the roles `student`, `teacher`, `parent`, `admin`, and for service keys with the scope `attempts:read`.
         */
        get: operations["list_diagnoses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attempts/{attempt_id}/override": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Correct the diagnosis of a student whom one teaches
         * @description It counts from now on, and no machine replaces it; the one before stays on record. Mastery is recomputed
         *     as if it had been made at once; an answer that did not count and now does is counted as the newest.
         *     Reviews of the attempt are resolved by it.
         *
         *     For the roles `teacher`, `admin`.
         */
        post: operations["override_diagnosis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attempts/{attempt_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report that one's own answer was wrongly diagnosed, for staff to review
         * @description Reporting a diagnosis again changes nothing.
         *
         *     For the roles `student`.
         */
        post: operations["report_diagnosis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the diagnoses that staff should look at, or have, newest first
         * @description Students see their own reports, teachers what is about students they teach, and admins the whole school's.
         *
         *     For the roles `student`, `teacher`, `admin`.
         */
        get: operations["list_reviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews/{review_id}/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Uphold the diagnosis
         * @description To correct it, override the attempt: that resolves the review, too.
         *
         *     Resolving it again changes nothing.
         *
         *     For the roles `teacher`, `admin`.
         */
        post: operations["uphold_diagnosis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/mastery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a student is believed to know of each skill they have practised
         * @description For the roles `student`, `teacher`, `parent`, `admin`, and for service keys with the scope `mastery:read`.
         */
        get: operations["get_student_mastery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/mastery/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how the belief about a student's skills moved, answer by answer: the points of a plot
         * @description Also drawn as learning curves (`image/svg+xml`), or as a table (`text/csv`).
         *
         *     For the roles `student`, `teacher`, `parent`, `admin`, and for service keys with the scope `mastery:read`.
         */
        get: operations["get_mastery_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/classrooms/{classroom_id}/mastery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a class's heat map: its students by the skills that any of them has practised, and their bugs
         * @description Also drawn, to be shown or printed (`image/svg+xml`), or as a table (`text/csv`).
         *
         *     For the roles `teacher`, `admin`, and for service keys with the scope `mastery:read`.
         */
        get: operations["get_heat_map"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/classrooms/{classroom_id}/bugs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read which bugs the students of a class have, the most shared first
         * @description For the roles `teacher`, `admin`, and for service keys with the scope `mastery:read`.
         */
        get: operations["list_class_bugs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/classrooms/{classroom_id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read which students of a class have the same bugs, to work with them in groups, the largest first
         * @description For the roles `teacher`, `admin`, and for service keys with the scope `mastery:read`.
         */
        get: operations["list_class_groups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/classrooms/{classroom_id}/attention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read whom of a class to see first, and why
         * @description A student counts points for each reason: 4 for having fallen two levels in a skill within 7 days, 3 for
         *     being at risk in two skills, 1 more for each further skill of both; 2 for no answer on the last 3 school
         *     days, 3 from 5 days on; 1 for each bug that the class shares. No reason counts more than 6.
         *
         *     For the roles `teacher`, `admin`, and for service keys with the scope `mastery:read`.
         */
        get: operations["list_class_attention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the open assignments, the next due first; or the closed ones, latest first
         * @description Students see their own, parents their children's, each with the result of these alone; teachers those of
         *     their classes, and the automatic ones of the students whom they teach; admins the whole school's.
         *
         *     For the roles `student`, `teacher`, `parent`, `admin`.
         */
        get: operations["list_assignments"];
        put?: never;
        /**
         * Set exercises to a class, or to some of its students
         * @description The exercises are named, or chosen for a skill: the same for all, or for each student by what they know.
         *     A student answers them like any others; the first answer to each, from now until it is closed, counts.
         *
         *     For the roles `teacher`, `admin`.
         */
        post: operations["create_assignment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assignments/{assignment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an assignment and its result at a glance
         * @description For the roles `student`, `teacher`, `parent`, `admin`.
         */
        get: operations["get_assignment"];
        put?: never;
        post?: never;
        /**
         * Delete an assignment; the answers stay
         * @description An automatic one is closed instead.
         *
         *     For the roles `teacher`, `admin`.
         */
        delete: operations["delete_assignment"];
        options?: never;
        head?: never;
        /**
         * Change an assignment's title or due date, close it, or open it again
         * @description What is late follows from the due date as it is now.
         *
         *     For the roles `teacher`, `admin`.
         */
        patch: operations["change_assignment"];
        trace?: never;
    };
    "/v1/assignments/{assignment_id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how each student stands with each exercise, and which bugs the answers showed
         * @description For the roles `teacher`, `admin`.
         */
        get: operations["get_assignment_progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assignments/{assignment_id}/students/{student_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the exercises of one student in an assignment, and how they stand with them
         * @description For the roles `student`, `teacher`, `parent`, `admin`.
         */
        get: operations["get_student_assignment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practice/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the exercise that helps most next, and why
         * @description With `skill_id`, it is of that skill or of what must come before it; without, of what is practised by the
         *     student and in their classes. One that was given within the last hour, and not answered, is given again.
         *
         *     For the roles `student`.
         */
        post: operations["next_practice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/photos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List photos, newest first: one's own, or those of the students whose work one sees
         * @description For the roles `student`, `teacher`, `parent`, `admin`.
         */
        get: operations["list_photos"];
        put?: never;
        /**
         * Hand in work by photo: say what comes, and get a form to upload it with
         * @description The form is good for ten minutes. To repeat the call safely, send `client_id`: under the same one it is
         *     the same photo, with a new form. The photo is `checked` or `refused` some seconds after the upload, and
         *     kept for 30 days. A minor needs a parent's consent.
         *
         *     What is on it is then read, and becomes attempts: see `reading`, and the photo's `lines`.
         *
         *     For the roles `student`.
         */
        post: operations["announce_photo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/photos/{photo_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how it stands with a photo, and where it can be looked at for the next five minutes
         * @description For the roles `student`, `teacher`, `parent`, `admin`.
         */
        get: operations["get_photo"];
        put?: never;
        post?: never;
        /**
         * Delete a photo and its files
         * @description What was read from it stays.
         *
         *     For the roles `student`, `teacher`, `parent`, `admin`.
         */
        delete: operations["delete_photo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/photos/{photo_id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what a line of a photo is that was not read, or not surely
         * @description It becomes the student's attempt: as it was read, or with what is said otherwise here.
         *
         *     For the roles `student`, `teacher`, `admin`.
         */
        post: operations["say_photo_line"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tutor/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one's talks with the tutor, newest first
         * @description For the roles `student`.
         */
        get: operations["list_tutor_sessions"];
        put?: never;
        /**
         * Begin a talk with the tutor about an attempt of one's own, an exercise, or a problem
         * @description A minor needs a parent's consent. Nobody else reads what is said in it; it is kept for 30 days after the
         *     last message.
         *
         *     For the roles `student`.
         */
        post: operations["begin_tutor_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tutor/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a talk is about, and whether its problem was answered meanwhile
         * @description For the roles `student`.
         */
        get: operations["get_tutor_session"];
        put?: never;
        post?: never;
        /**
         * Delete a talk with all that was said in it
         * @description Its messages count as before.
         *
         *     For the roles `student`.
         */
        delete: operations["delete_tutor_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tutor/sessions/{session_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was said in a talk, newest first
         * @description For the roles `student`.
         */
        get: operations["list_tutor_messages"];
        put?: never;
        /**
         * Say something to the tutor and get its reply, within some seconds
         * @description As long as the student has not answered the problem, the reply never has the answer in it. To repeat the
         *     call safely, send `client_id`: under the same one it is the same message, and counts once. How many
         *     messages are answered in a day depends on the school's plan; one that gets no reply does not count.
         *
         *     For the roles `student`.
         */
        post: operations["ask_tutor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/tutor-use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how many messages the tutor answered a student, by day, and how many are left today
         * @description For the roles `student`, `teacher`, `parent`, `admin`.
         */
        get: operations["get_tutor_use"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the worksheets of one's classes, newest first; for students and parents the published ones
         * @description For the roles `student`, `teacher`, `parent`, `admin`.
         */
        get: operations["list_guides"];
        put?: never;
        /**
         * Make a worksheet of a PDF: say what comes, and get a form to upload it with
         * @description The form is good for ten minutes. To repeat the call safely, send `client_id`. Its questions and what is
         *     right are found within some seconds after the upload; then staff look at them in `review`, and publish it.
         *
         *     For the roles `teacher`, `admin`.
         */
        post: operations["announce_guide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guides/{guide_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a worksheet, its questions, and where its file can be looked at for the next five minutes
         * @description For the roles `student`, `teacher`, `parent`, `admin`.
         */
        get: operations["get_guide"];
        put?: never;
        post?: never;
        /**
         * Delete a worksheet, its file, and what was handed in
         * @description The attempts that were made of it stay.
         *
         *     For the roles `teacher`, `admin`.
         */
        delete: operations["delete_guide"];
        options?: never;
        head?: never;
        /**
         * Change a worksheet's title; once it is published, also when it is due; close or reopen it
         * @description For the roles `teacher`, `admin`.
         */
        patch: operations["change_guide"];
        trace?: never;
    };
    "/v1/guides/{guide_id}/go-on": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a worksheet go on that is held for want of a language model: without one, or with one at once
         * @description For the roles `teacher`, `admin`.
         */
        post: operations["go_on_with_guide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guides/{guide_id}/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make these the questions of a worksheet in review: a new version
         * @description What is right is computed where there is a problem. `version` is the one that was changed: if somebody has
         *     made another meanwhile this is a conflict, with `reason` `version` and the `current` one.
         *
         *     For the roles `teacher`, `admin`.
         */
        put: operations["edit_guide"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guides/{guide_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all versions of a worksheet's questions, newest first, and who made them
         * @description For the roles `teacher`, `admin`.
         */
        get: operations["list_guide_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guides/{guide_id}/publication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a worksheet to classes; once
         * @description From then on its questions stay as they are.
         *
         *     Each question has an answer, and what a language model found is confirmed: else this is a conflict, with
         *     `reason` `unconfirmed` and the `question_ids`.
         *
         *     For the roles `teacher`, `admin`.
         */
        post: operations["publish_guide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guides/{guide_id}/submissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was handed in of a worksheet, latest first; for staff also what they should look at
         * @description For the roles `student`, `teacher`, `parent`, `admin`.
         */
        get: operations["list_guide_submissions"];
        put?: never;
        /**
         * Hand in a worksheet: answers that are typed, or photos, for each of which there is a form to upload it
         * @description To repeat the call safely, send `client_id`. What comes after the due date is late, and graded all the
         *     same. A student's first answer to each question becomes an attempt; the last submission counts for the
         *     result.
         *
         *     For the roles `student`.
         */
        post: operations["submit_guide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guides/{guide_id}/submissions/{submission_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what was handed in once, and what each answer is worth
         * @description For the roles `student`, `teacher`, `parent`, `admin`.
         */
        get: operations["get_guide_submission"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guides/{guide_id}/submissions/{submission_id}/marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say of answers whether they are right, or what they say where they were misread
         * @description Staff's word counts.
         *
         *     An answer that could not be read, and is said here, may become the student's attempt.
         *
         *     For the roles `teacher`, `admin`.
         */
        post: operations["mark_guide_submission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guides/{guide_id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how the students stand with a worksheet, and how they did at each question
         * @description For the roles `teacher`, `admin`.
         */
        get: operations["get_guide_results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guides/{guide_id}/students/{student_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how one student stands with a worksheet, and what they have handed in
         * @description For the roles `student`, `teacher`, `parent`, `admin`.
         */
        get: operations["get_student_guide"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send what happened in a student's client, up to 100 events at once
         * @description They are stored a little later, each once: a call that may have failed can be sent again as it was. All
         *     events of a call together take up to 255 KiB as ASCII JSON.
         *
         *     For the roles `student`.
         */
        post: operations["send_events"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the alerts about a teacher's classes, or an admin's whole school, newest first
         * @description They are raised, kept up to date and closed every hour. To watch them, ask again with `If-None-Match`.
         *
         *     For the roles `teacher`, `admin`.
         */
        get: operations["list_alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{alert_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an alert
         * @description For the roles `teacher`, `admin`.
         */
        get: operations["get_alert"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{alert_id}/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note that one has dealt with an alert
         * @description Resolving it again changes nothing.
         *
         *     Should its cause last, it is raised again after three days.
         *
         *     For the roles `teacher`, `admin`.
         */
        post: operations["resolve_alert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who did what in the school, and who read which student's record, newest first
         * @description Operators' looks into the school are there, too. Entries hold ids; names are those of today. The same look
         *     by the same person counts once in ten minutes. Entries are kept for two years.
         *
         *     For the roles `admin`.
         */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the newest 10,000 of these entries
         * @description For older ones, send the last line's id as `before`.
         *
         *     For the roles `admin`.
         */
        get: operations["export_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how the platform is doing: queues, schedules, costs, switches
         * @description For the roles `operator`, and for service keys with the scope `operations:read`.
         */
        get: operations["get_operations_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/queues/{queue}/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at up to ten messages that the workers of a queue have given up
         * @description They stay where they are.
         *
         *     For the roles `operator`.
         */
        get: operations["list_dead_letters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/queues/{queue}/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send dead letters back to their queue, some or all
         * @description None is lost, whatever happens meanwhile.
         *
         *     For the roles `operator`.
         */
        post: operations["redrive_dead_letters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/switches/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Switch something that costs money on or off, for all schools
         * @description For the roles `operator`.
         */
        put: operations["set_platform_switch"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/fits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what the nightly fits of skills and exercises found, newest first, accepted or not
         * @description For the roles `operator`.
         */
        get: operations["list_fits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{school_id}/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a school has cost today and in this month
         * @description For the roles `admin`, `operator`.
         */
        get: operations["get_school_costs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{school_id}/switches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what is paused for a school
         * @description What is switched off for all schools is off for it, too.
         *
         *     For the roles `admin`, `operator`.
         */
        get: operations["list_school_switches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{school_id}/switches/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Pause something that costs money for a school, or go on with it
         * @description For the roles `admin`, `operator`.
         */
        put: operations["set_school_switch"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the keys of the school, or an operator's those of the platform, newest first
         * @description For the roles `admin`, `operator`.
         */
        get: operations["list_service_keys"];
        put?: never;
        /**
         * Make a key by which another system calls Tiza; it is told this once
         * @description An admin's is for the school, an operator's for the platform.
         *
         *     For the roles `admin`, `operator`.
         */
        post: operations["create_service_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a key
         * @description It is refused from now on.
         *
         *     For the roles `admin`, `operator`.
         */
        delete: operations["revoke_service_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Error */
        Error: {
            error: {
                /**
                 * @description A stable name to branch on.
                 * @enum {string}
                 */
                code: "VALIDATION_ERROR" | "PROBLEM_SYNTAX_ERROR" | "INVALID_CURSOR" | "UNAUTHORIZED" | "INVALID_CREDENTIALS" | "EMAIL_NOT_VERIFIED" | "FORBIDDEN" | "CONSENT_REQUIRED" | "NOT_FOUND" | "CONFLICT" | "IDEMPOTENCY_KEY_REUSED" | "REQUEST_IN_PROGRESS" | "INVALID_CODE" | "INVALID_ONE_TIME_TOKEN" | "TOKEN_JUST_REPLACED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "RATE_LIMITED" | "ACCOUNT_LOCKED" | "BUDGET_SPENT" | "QUOTA_SPENT" | "INTERNAL_ERROR" | "UNAVAILABLE" | "SWITCHED_OFF" | "MODEL_UNAVAILABLE";
                /** @description One sentence for a developer; it may change. */
                message: string;
                /** @description What the code's description says. */
                details: Record<string, never>;
                /** @description The id of this call in the log. */
                request_id: string;
            };
        };
        /**
         * Accepted
         * @description The events wait to be stored.
         */
        Accepted: {
            /** @description How many. */
            accepted: number;
        };
        /**
         * Actor
         * @description Who did it.
         */
        Actor: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description The role in which they did it; `operator` is not of the school. */
            role: string | null;
            /** @description Their name today; null for an operator and for who is gone. */
            name: string | null;
        };
        /**
         * Address
         * @description An e-mail address that may or may not be known.
         */
        Address: {
            /** @description An e-mail address; upper and lower case are the same. */
            email: string & unknown;
        };
        /**
         * Alert
         * @description An alert about a class, or about one student in it.
         */
        Alert: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            classroom_id: string;
            /**
             * @description `student_at_risk`: two or more skills below 0.4. `student_dropped`: fell two levels in a skill within 7 days. `student_inactive`: no attempt since the last three school days began. `unit_off_track`: the class's mean of a skill is below 0.3. `shared_bug`: several students of the class showed the same bug within 14 days. `guide_ready`, `guide_graded`: a worksheet waits for review, its grading is done.
             * @enum {unknown}
             */
            type: "guide_graded" | "guide_ready" | "shared_bug" | "student_at_risk" | "student_dropped" | "student_inactive" | "unit_off_track";
            /** @enum {unknown} */
            severity: "high" | "low" | "medium";
            /**
             * @description `closed`: its cause is gone. `resolved`: staff have dealt with it.
             * @enum {unknown}
             */
            status: "closed" | "open" | "resolved";
            skill_id: string | null;
            student_id: string | null;
            bug: string | null;
            /** @description Ids and numbers. `student_at_risk`: `skill_ids`. `student_dropped`: `p_known` and the `highest` of the last 7 days. `student_inactive`: `school_days` without an attempt, 20 standing for 20 and more. `unit_off_track`: `mean` and the number of `students` who have practised. `shared_bug`: `students` who showed it, of `class_size`. `guide_ready`: `guide_ids`. `guide_graded`: `guide_ids`, and in `to_review` how many answers staff should look at. */
            details: {
                [key: string]: number | string[];
            };
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it, or its details, last changed.
             */
            updated_at: string;
            /** @description When it was closed or resolved. */
            ended_at: string | null;
            /** @description Who resolved it. */
            resolved_by: string | null;
        };
        /**
         * AnnouncedPage
         * @description A photo that is about to be uploaded.
         */
        AnnouncedPage: {
            /**
             * @description What the file is; it is found out again from its content.
             * @enum {unknown}
             */
            content_type: "image/jpeg" | "image/png" | "image/webp";
            /** @description The file's size. */
            size: number;
        };
        /**
         * Answered
         * @description A reply, and how many more there will be today.
         */
        Answered: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            session_id: string;
            client_id: string | null;
            /** @description What the student says. */
            text: string & unknown;
            /**
             * @description `answer`: the model's words. `hint`: Tiza's own, as the model would have given the answer away, or said what it may not. `off_subject`: the message was not about the problem.
             * @enum {unknown}
             */
            kind: "answer" | "hint" | "off_subject";
            /** @description In plain words. */
            reply: string;
            sources: components["schemas"]["Source"][];
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            answered_at: string;
            quota: components["schemas"]["Quota"];
        };
        /**
         * ArchivedClass
         * @description What became of a class of the old year.
         */
        ArchivedClass: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            classroom_id: string;
            /**
             * @description What became of it.
             * @enum {unknown}
             */
            outcome: "changed" | "created" | "refused" | "unchanged";
            /** @description Of a refused one. */
            error: components["schemas"]["Fault"] | null;
        };
        /**
         * Assignment
         * @description Exercises that are set to a class, to some of its students, or to one student alone.
         */
        Assignment: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * @description `automatic`: made by Tiza for one student whose belief in the skill fell to `at_risk`.
             * @enum {unknown}
             */
            kind: "automatic" | "teacher";
            /** @description An automatic one's is in the caller's language. */
            title: string & unknown;
            /** @description Null where it is for one student alone, and for parents. */
            classroom_id: string | null;
            /** @description That student. */
            student_id: string | null;
            /** @description Whether it is for all of the class, who joins it later included. */
            is_for_all: boolean;
            /** @description What it practises; null where exercises were named. */
            skill_id: string | null;
            /**
             * Format: date-time
             * @description An answer that is given later is marked, never refused.
             */
            due_at: string;
            /** @description From then on no answer counts for it. The class's archiving closes it, too; an automatic one closes itself when it is finished. */
            closed_at: string | null;
            /** @description For staff only; null of an automatic one. */
            created_by: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            updated_at: string;
            result: components["schemas"]["Result"];
        };
        /**
         * AssignmentsWaiting
         * @description Open assignments that a child has not finished, at this moment.
         */
        AssignmentsWaiting: {
            /** @description All of them. */
            to_do: number;
            /** @description Those that were due already. */
            overdue: number;
        };
        /**
         * Attempt
         * @description An answer and what was found about it.
         */
        Attempt: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            /** @description Null where a problem was given instead. */
            exercise_id: string | null;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem: string;
            /** @description The answer as the student wrote it. */
            answer: string;
            /** @description The lines of the student's work, first to last. */
            steps: string[];
            /**
             * @description `not_simplified` counts as right; `unreadable`, not in the grammar, is never wrong.
             * @enum {unknown}
             */
            verdict: "correct" | "incorrect" | "not_simplified" | "unreadable";
            /**
             * @description `pending`: a later diagnosis may replace this one.
             * @enum {unknown}
             */
            status: "final" | "pending";
            /** @description The right answer. Null where the answer could not be read: it may be given again. */
            expected: string | null;
            diagnosis: components["schemas"]["Diagnosis"];
            /** @description The skills that it counted towards; none where it was unreadable. */
            mastery: components["schemas"]["SkillStep"][];
            /** @description A key made on the device: an attempt sent twice is stored once. */
            client_id: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            answered_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            updated_at: string;
        };
        /**
         * AttemptSummary
         * @description An answer in a list, with the most probable bug.
         */
        AttemptSummary: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            /** @description Null where a problem was given instead. */
            exercise_id: string | null;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem: string;
            /** @description The answer as the student wrote it. */
            answer: string;
            /**
             * @description `not_simplified` counts as right; `unreadable`, not in the grammar, is never wrong.
             * @enum {unknown}
             */
            verdict: "correct" | "incorrect" | "not_simplified" | "unreadable";
            /**
             * @description `pending`: a later diagnosis may replace this one.
             * @enum {unknown}
             */
            status: "final" | "pending";
            /** @description The right answer. Null where the answer could not be read: it may be given again. */
            expected: string | null;
            bug: string | null;
            bug_name: string | null;
            /** @description Of that bug. */
            probability: number | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            answered_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            updated_at: string;
        };
        /**
         * Attention
         * @description Whom to see first, the most urgent first. Who is not named gives no reason to be.
         */
        Attention: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            classroom_id: string;
            students: components["schemas"]["NeedsAttention"][];
        };
        /**
         * Bug
         * @description A wrong procedure that students are known to follow.
         */
        Bug: {
            /** @description The catalogue's id: the topic and a name. */
            id: string & unknown;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description Its name in the caller's language. */
            name: string;
            /** @description For students and teachers, in the caller's language. */
            explanation: string;
            /** @description The procedure, to the letter; in English. */
            definition: string;
            /**
             * @description How often it is met, judged from the literature.
             * @enum {unknown}
             */
            prior: "common" | "rare" | "uncommon";
            /** @description Where it is reported; `recalled`: from memory of it, not a quotation. */
            source: string;
            example: components["schemas"]["BugExample"];
            /** @description Since then no diagnosis proposes it. */
            retired_at: string | null;
        };
        /**
         * BugAnswer
         * @description What a student with a bug answers.
         */
        BugAnswer: {
            /** @description The catalogue's id: the topic and a name. */
            bug: string & unknown;
            /** @description Null where the bug leads to none. */
            answer: string | null;
        };
        /**
         * BugCount
         * @description How many students of a class have a bug.
         */
        BugCount: {
            /** @description The catalogue's id. */
            bug: string;
            /** @description A name in one line. */
            name: string & unknown;
            /** @description How many students have it. */
            students: number;
        };
        /**
         * BugExample
         * @description A problem that brings the bug out.
         */
        BugExample: {
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem: string;
            /** @description What a student with the bug answers. */
            wrong: string;
            /** @description The right answer. */
            correct: string;
            /** @description The work of a student with the bug. */
            trace: components["schemas"]["TraceLine"][];
        };
        /**
         * BugGroup
         * @description Students who have the same bugs in common.
         */
        BugGroup: {
            bugs: components["schemas"]["GroupBug"][];
            students: components["schemas"]["Pupil"][];
        };
        /**
         * BugSeen
         * @description A wrong procedure that the answers showed, each time with a probability of 0.8 or more.
         */
        BugSeen: {
            /** @description The catalogue's id; two bugs at once are `id+id`, a single slip is `slip.<kind>`. */
            bug: string;
            /** @description Its name in the caller's language. */
            name: string;
            explanation: string;
            /** @description In how many answers. */
            answers: number;
        };
        /**
         * Candidate
         * @description One explanation of a wrong answer: a procedure that gives exactly this answer.
         */
        Candidate: {
            /** @description The catalogue's id; two bugs at once are `id+id`, a single slip is `slip.<kind>`. */
            bug: string;
            probability: number;
            /** @description Its name in the caller's language. */
            name: string;
            explanation: string;
            trace: components["schemas"]["TraceLine"][];
        };
        /**
         * ChangeAssignment
         * @description What is to change; what is left out stays. Other exercises are another assignment.
         */
        ChangeAssignment: {
            /** @description What it is called. */
            title?: string & unknown;
            /**
             * Format: date-time
             * @description An answer that is given later is marked, never refused.
             */
            due_at?: string;
            /** @description Close it, or open it again. */
            closed?: boolean;
        };
        /**
         * ChangeBug
         * @description What is to change; what is left out stays.
         */
        ChangeBug: {
            /** @description Once retired, no diagnosis proposes it. */
            retired?: boolean;
        };
        /**
         * ChangeClassroom
         * @description What is to change; what is left out stays.
         */
        ChangeClassroom: {
            /** @description A name in one line. */
            name?: string & unknown;
            grade?: number | null;
            /** @description An archived class lets nobody sign in or join. */
            archived?: boolean;
        };
        /**
         * ChangeExercise
         * @description What is to change; what is left out stays. Another problem is another exercise.
         */
        ChangeExercise: {
            /** @description The skills that it practises. */
            skill_ids?: string[];
            /** @description On the scale of ability: at 0, an average student solves half. */
            difficulty?: number;
            /** @description How sharply it tells weaker from stronger students. */
            discrimination?: number;
            /** @description An archived one is not listed. */
            archived?: boolean;
        };
        /**
         * ChangeGuide
         * @description What is to change; what is left out stays. All but the title is there once it is published.
         */
        ChangeGuide: {
            /** @description What it is called. */
            title?: string & unknown;
            /**
             * Format: date-time
             * @description An answer that is given later is marked, never refused.
             */
            due_at?: string;
            /** @description How often each student may hand in. */
            most_submissions?: number;
            /** @description Close it, or open it again. */
            closed?: boolean;
        };
        /**
         * ChangeMe
         * @description What is to change; what is left out stays.
         */
        ChangeMe: {
            /** @description A name in one line. */
            name?: string & unknown;
            /** @description Language of texts. */
            locale?: string;
        };
        /**
         * ChangePassword
         * @description The password as it is, and as it shall be.
         */
        ChangePassword: {
            /** @description The password. */
            current_password: string;
            /** @description At least 10 characters. */
            new_password: string;
        };
        /**
         * ChangeSchool
         * @description What is to change; what is left out stays.
         */
        ChangeSchool: {
            /** @description A name in one line. */
            name?: string & unknown;
            /** @description A time zone of the IANA database. */
            time_zone?: string;
            /** @description Days without school, in order. */
            holidays?: string[];
            /** @description From this age on, students consent for themselves. */
            age_of_consent?: number;
            /** @description What the school has booked. */
            plan?: string;
            /** @description Languages taught in. */
            languages?: string[];
        };
        /**
         * ChangeSkill
         * @description What is to change; what is left out stays.
         */
        ChangeSkill: {
            names?: components["schemas"]["Names"];
            /** @description Where it stands in lists of skills. */
            position?: number;
        };
        /**
         * ChangeUser
         * @description What is to change; what is left out stays.
         */
        ChangeUser: {
            /** @description A name in one line. */
            name?: string & unknown;
            /** @description Language of texts. */
            locale?: string;
            /** @description A teacher becomes an admin, or an admin a teacher. Ends all sessions. */
            role?: string;
            /** @description `disabled` ends all sessions; `active` also brings back who was deleted. */
            status?: string;
            /** @description A user name, unique in the school; upper and lower case are the same. */
            username?: string & unknown;
            /** @description A student's. */
            birth_date?: string | null;
        };
        /**
         * ChildSummary
         * @description What a child did in a time, in the words of the reader's language.
         */
        ChildSummary: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            since: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            until: string;
            /** @description Answers that could be read. */
            answers: number;
            /** @description How many of them were right. */
            right: number;
            assignments: components["schemas"]["AssignmentsWaiting"];
            /** @description Those that were practised, in their order. */
            skills: components["schemas"]["SkillChange"][];
            /** @description The most frequent first. */
            bugs: components["schemas"]["BugSeen"][];
        };
        /**
         * ClassBugs
         * @description The bugs of a class, the most shared first.
         */
        ClassBugs: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            classroom_id: string;
            bugs: components["schemas"]["SharedBug"][];
        };
        /**
         * ClassGroups
         * @description Groups to work with, the largest first. A student may be in several.
         */
        ClassGroups: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            classroom_id: string;
            groups: components["schemas"]["BugGroup"][];
            /** @description Who has bugs, but shares none of them. */
            alone: components["schemas"]["Pupil"][];
        };
        /**
         * Classroom
         * @description A class.
         */
        Classroom: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description A name in one line. */
            name: string & unknown;
            grade: number | null;
            /** @description What its students type to sign in; it lets nobody join. */
            code: string;
            /** @description How many students are in it. */
            student_count: number;
            /** @description Null while it is in use. */
            archived_at: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            updated_at: string;
        };
        /**
         * Consent
         * @description What may be done with a student's data, in one matter.
         */
        Consent: {
            /**
             * @description Photos of their work, or talks with the language model.
             * @enum {unknown}
             */
            kind: "photos" | "tutor";
            /** @description False once the student is of age. */
            needed: boolean;
            /** @description Whether it may be done. */
            given: boolean;
            /** @description Whose word holds; a school's is what it has on paper. Null: nobody spoke. */
            said_by: ("parent" | "school") | null;
            said_at: string | null;
        };
        /**
         * CostItem
         * @description What one thing cost.
         */
        CostItem: {
            /** @description What was paid for: `mail`, or a language model by name. */
            item: string;
            today: components["schemas"]["Spent"];
            month: components["schemas"]["Spent"];
        };
        /**
         * Costs
         * @description What was spent today and in this month, in UTC; the dearest item first.
         */
        Costs: {
            /**
             * Format: date
             * @description Today.
             */
            day: string;
            today: components["schemas"]["Spent"];
            month: components["schemas"]["Spent"];
            items: components["schemas"]["CostItem"][];
        };
        /**
         * Counts
         * @description How many lines came out how.
         */
        Counts: {
            created: number;
            changed: number;
            unchanged: number;
            refused: number;
        };
        /**
         * Day
         * @description How much a student used the tutor on one day of the school.
         */
        Day: {
            /** @description A date. */
            day: string;
            /** @description That were answered. */
            messages: number;
        };
        /**
         * DeadLetter
         * @description A message that a worker has given up. It holds ids only; what is not Tiza's own form is not shown.
         */
        DeadLetter: {
            /** @description The message's own id; where its body has none, the one that SQS gave it. */
            id: string;
            /** @description Null where the body is no message. */
            kind: string | null;
            school_id: string | null;
            /** @description The id of the request that it comes from, to be looked for in the log. */
            correlation_id: string | null;
            /** @description How often it was received. */
            receive_count: number;
            sent_at: string | null;
            /** @description Null where the body is no message. */
            payload: Record<string, never> | null;
        };
        /**
         * Decision
         * @description Yes or no.
         */
        Decision: {
            /** @description `false` refuses, or takes back. */
            granted: boolean;
        };
        /**
         * Deletion
         * @description A deletion that was asked for.
         */
        Deletion: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            requested_at: string;
            /** @description Null while a student's request waits for a parent or an admin. */
            confirmed_at: string | null;
            /** @description Until then it can be taken back. */
            purge_after: string | null;
        };
        /**
         * Diagnose
         * @description An answer to a problem.
         */
        Diagnose: {
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem: string;
            /** @description The answer as the student wrote it. */
            answer: string;
            /**
             * @description The lines of the student's work, first to last.
             * @default []
             */
            steps?: string[];
            /**
             * @description The student's earlier answers on the topic, oldest first: they tell bugs apart. What cannot be read is left out.
             * @default []
             */
            history?: components["schemas"]["EarlierAnswer"][];
            /** @description Language of texts. */
            locale?: string;
        };
        /**
         * Diagnosed
         * @description What was found about the answer.
         */
        Diagnosed: {
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description In its canonical form. */
            problem: string;
            /**
             * @description `not_simplified` counts as right; `unreadable`, not in the grammar, is never wrong.
             * @enum {unknown}
             */
            verdict: "correct" | "incorrect" | "not_simplified" | "unreadable";
            /** @description The right answer. Null where the answer could not be read: it may be given again. */
            expected: string | null;
            diagnosis: components["schemas"]["Diagnosis"];
        };
        /**
         * Diagnosis
         * @description What was found about an answer.
         */
        Diagnosis: {
            /**
             * @description Who found it: the engine, the language model or a teacher.
             * @enum {unknown}
             */
            source: "human" | "llm" | "rule";
            /** @description Most probable first; empty unless the verdict is `incorrect`. */
            candidates: components["schemas"]["Candidate"][];
            /** @description Left to none of these. With the candidates it sums to 1. */
            unexplained: number;
            wrong_step: components["schemas"]["WrongStep"] | null;
            /** @description The teacher's word on it, where one has corrected it. */
            comment: string | null;
        };
        /**
         * EarlierAnswer
         * @description What the same student answered before.
         */
        EarlierAnswer: {
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem: string;
            /** @description The answer as the student wrote it. */
            answer: string;
        };
        /**
         * Entry
         * @description One thing that was done.
         */
        Entry: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            at: string;
            /** @description What was done: a thing and a verb. Whoever read a record has `viewed` it. */
            action: string & unknown;
            actor: components["schemas"]["Actor"];
            subject: components["schemas"]["Subject"];
            details: Record<string, never>;
        };
        /**
         * Event
         * @description One event.
         */
        Event: {
            /**
             * Format: uuid
             * @description A key made on the device: an event that is sent twice is stored once.
             */
            client_id: string;
            /** @description What happened, in the client's own words. */
            kind: string & unknown;
            /**
             * Format: date-time
             * @description When it happened, by the device's clock: up to 30 days ago.
             */
            occurred_at: string;
            /**
             * @description What else there is to say; no names, and nothing that somebody wrote.
             * @default {}
             */
            data?: {
                [key: string]: string | number | boolean | null;
            };
        };
        /**
         * EventBatch
         * @description Events, in the order in which they happened.
         */
        EventBatch: {
            /** @description Up to 100 events. */
            events: components["schemas"]["Event"][];
        };
        /**
         * Exercise
         * @description A problem to be set.
         */
        Exercise: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem: string;
            /** @description The right answer; for staff only, else null. */
            expected: string | null;
            /** @description The skills that it practises. */
            skill_ids: string[];
            /** @description On the scale of ability: at 0, an average student solves half. */
            difficulty: number;
            /** @description How sharply it tells weaker from stronger students. */
            discrimination: number;
            /** @description Null while it has none. */
            story: components["schemas"]["Story"] | null;
            /** @description What became of the last wish for a story: it is being written; it is there; none told just this problem; no model answered; models were switched off; the day's budget was spent. For staff only, else null; so where nobody asked for one. */
            story_status: ("budget_spent" | "pending" | "switched_off" | "unavailable" | "unsound" | "written") | null;
            /** @description Whether it is the platform's, for all schools. */
            is_shared: boolean;
            /** @description Null while it is in use. */
            archived_at: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
        };
        /**
         * ExerciseState
         * @description An exercise of an assignment, and what the student made of it.
         */
        ExerciseState: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            exercise_id: string;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem: string;
            /** @description Null while it has none. */
            story: components["schemas"]["Story"] | null;
            /** @description Of the first answer; null without one. */
            answered_at: string | null;
            /** @description Whether the first answer was right; null without one. */
            right: boolean | null;
            /** @description Whether a later answer was right, the first being wrong. */
            right_later: boolean;
            /** @description Whether the first answer came after it was due. */
            late: boolean;
        };
        /**
         * Fault
         * @description Why a line was refused, as the error of a request says it.
         */
        Fault: {
            code: string;
            message: string;
            details: Record<string, never>;
        };
        /**
         * File
         * @description Where the file can be read from, until then.
         */
        File: {
            /** @description A presigned address: whoever has it can read the file until it expires. */
            url: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            expires_at: string;
        };
        /**
         * Files
         * @description Where a checked photo can be read from.
         */
        Files: {
            /** @description A presigned address: whoever has it can read the file until it expires. */
            image_url: string;
            /** @description A JPEG of at most 320 by 320 pixels. */
            thumbnail_url: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            expires_at: string;
        };
        /**
         * Fit
         * @description A fit, beside what was in force before it.
         */
        Fit: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * @description `bkt`: how a skill is learnt. `irt`: how difficult its exercises are, and how well they tell students apart.
             * @enum {unknown}
             */
            kind: "bkt" | "irt";
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            skill_id: string;
            /** @description That were looked at. */
            answers: number;
            /** @description Whose answers they are. */
            students: number;
            /** @description That were calibrated, those of schools included. */
            exercises: number;
            /** @description What was found of a skill; null for its exercises, which have their own values. */
            parameters: {
                [key: string]: number;
            } | null;
            /** @description Natural logarithm; the higher, the better. Null where nothing was fitted. */
            log_likelihood: number | null;
            /** @description Of what was in force before. */
            standing_log_likelihood: number | null;
            /** @description On students not fitted to. */
            held_out_log_likelihood: number | null;
            /** @description Of what was in force before, on students not fitted to. */
            standing_held_out_log_likelihood: number | null;
            iterations: number;
            milliseconds: number;
            /** @description Whether it was put in force. */
            is_accepted: boolean;
            /** @description Why it was not accepted; null: it was. */
            reason: ("at_a_guard" | "not_better_on_others" | "not_converged" | "too_few_answers" | "worse_on_its_own_answers") | null;
            /**
             * Format: date-time
             * @description Answers until then were looked at.
             */
            seen_until: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
        };
        /**
         * FoundedSchool
         * @description A school that comes into being.
         */
        FoundedSchool: {
            /** @description A name in one line. */
            name: string & unknown;
            /** @description A time zone of the IANA database. */
            time_zone: string;
        };
        /**
         * GenerateExercises
         * @description What exercises are to be made: of a topic, or of a skill and its topic.
         */
        GenerateExercises: {
            /** @description A topic of the diagnosis engine. */
            topic?: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            skill_id?: string;
            /** @description 1 is easiest; on the scale of ability, -2 to 2. */
            difficulty?: number;
            /**
             * @description How many.
             * @default 5
             */
            count?: number;
            /**
             * @description Bugs of the topic: each exercise is answered wrongly with one of them, in turns.
             * @default []
             */
            provoke?: (string & unknown)[];
            /**
             * @description Bugs of the topic that shall give different answers, as far as that can be had.
             * @default []
             */
            tell_apart?: (string & unknown)[];
            /** @description The same seed makes the same exercises. */
            seed?: number;
            /**
             * @description Whether to add them to the school's.
             * @default false
             */
            store?: boolean;
        };
        /**
         * GeneratedExercise
         * @description A problem that was made.
         */
        GeneratedExercise: {
            /** @description Of the exercise; null where it was not stored. */
            id: string | null;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem: string;
            /** @description The right answer. */
            expected: string;
            /** @description The skills that it practises. */
            skill_ids: string[];
            /** @description On the scale of ability: at 0, an average student solves half. */
            difficulty: number;
            /** @description Of each bug that was asked for. */
            answers: components["schemas"]["BugAnswer"][];
        };
        /**
         * GeneratedExercises
         * @description The problems that were made, and the seed that makes them again.
         */
        GeneratedExercises: {
            /** @description The same seed makes the same exercises. */
            seed: number;
            /** @description Fewer than asked for where no more are found: some bugs show in hard ones only. */
            exercises: components["schemas"]["GeneratedExercise"][];
        };
        /**
         * GoOn
         * @description How a worksheet goes on that is `held`.
         */
        GoOn: {
            /** @description Wait no more for a language model: what only that could read is left out. Else it is tried at once. */
            without_model: boolean;
        };
        /**
         * GradedAnswer
         * @description What a student answered to a question, and what that is worth.
         */
        GradedAnswer: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            question_id: string;
            /** @description The question's number on the sheet. */
            label: string;
            /** @description The question in words. */
            text: string;
            problem: string | null;
            /** @description As it was typed or read; null where nothing was. */
            answer: string | null;
            /** @description The lines of work. */
            steps: string[];
            /** @description How sure the reader of a photo is; 1 where typed. */
            confidence: number;
            /** @description Null where nothing was answered, or nobody has judged it yet. */
            right: boolean | null;
            /** @description Who judged it. */
            by: ("engine" | "key" | "llm" | "teacher") | null;
            /** @description Whether staff should look at it. */
            to_review: boolean;
            /** @description What is right. For students null as long as they may hand in again. */
            expected: string | null;
        };
        /**
         * GroupBug
         * @description A bug that all students of a group have.
         */
        GroupBug: {
            /** @description The catalogue's id. */
            bug: string;
            /** @description A name in one line. */
            name: string & unknown;
            explanation: string;
        };
        /**
         * Guide
         * @description A worksheet.
         */
        Guide: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description What it is called. */
            title: string & unknown;
            /**
             * @description `waiting` for the upload; `refused`: see `reason`; `reading` its questions and `solving` them takes some seconds, or longer where it is `held`; `review`: staff look at it and publish it; `published`: students hand in; `closed`: they cannot any more.
             * @enum {unknown}
             */
            state: "closed" | "published" | "reading" | "refused" | "review" | "solving" | "waiting";
            /** @description Null unless it waits for a language model. */
            held: ("budget_spent" | "not_set_up" | "switched_off" | "unavailable") | null;
            /** @description The class that it was made for; for staff only. */
            classroom_id: string | null;
            /** @description The classes it is given to: for students their own, for parents none. */
            classroom_ids: string[];
            /** @description Of the questions; 0 before there are any. */
            version: number;
            /** @description Null before it is published. */
            due_at: string | null;
            /** @description Null before it is published. */
            most_submissions: number | null;
            /** @description For staff only. */
            created_by: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            updated_at: string;
            reason: ("damaged" | "encrypted" | "no_pages" | "too_complex" | "too_large" | "too_many_pages" | "wrong_type") | null;
            reason_text: string | null;
            held_text: string | null;
            /** @description How many it has; null until read. */
            pages: number | null;
            /** @description The pages that could not be read, or are too many: a sheet has 100 questions. */
            unread: number[];
            /** @description In their order on the sheet. */
            questions: components["schemas"]["Question"][];
            /** @description Null unless the file was taken. */
            file: components["schemas"]["File"] | null;
        };
        /**
         * GuideSummary
         * @description A worksheet in a list.
         */
        GuideSummary: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description What it is called. */
            title: string & unknown;
            /**
             * @description `waiting` for the upload; `refused`: see `reason`; `reading` its questions and `solving` them takes some seconds, or longer where it is `held`; `review`: staff look at it and publish it; `published`: students hand in; `closed`: they cannot any more.
             * @enum {unknown}
             */
            state: "closed" | "published" | "reading" | "refused" | "review" | "solving" | "waiting";
            /** @description Null unless it waits for a language model. */
            held: ("budget_spent" | "not_set_up" | "switched_off" | "unavailable") | null;
            /** @description The class that it was made for; for staff only. */
            classroom_id: string | null;
            /** @description The classes it is given to: for students their own, for parents none. */
            classroom_ids: string[];
            /** @description Of the questions; 0 before there are any. */
            version: number;
            /** @description Null before it is published. */
            due_at: string | null;
            /** @description Null before it is published. */
            most_submissions: number | null;
            /** @description For staff only. */
            created_by: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            updated_at: string;
        };
        /**
         * Health
         * @description The process answers.
         */
        Health: {
            /**
             * @default ok
             * @enum {unknown}
             */
            status: "ok";
        };
        /**
         * HeatMap
         * @description A class, students by skills: each skill that any of its students has practised.
         */
        HeatMap: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            classroom_id: string;
            /** @description A name in one line. */
            name: string & unknown;
            skills: components["schemas"]["HeatMapSkill"][];
            students: components["schemas"]["HeatMapRow"][];
            /** @description The bugs of the last 30 days, the most shared first. */
            bugs: components["schemas"]["BugCount"][];
            /** @description When a belief changed last. */
            updated_at: string | null;
        };
        /**
         * HeatMapCell
         * @description What one student is believed to know of one skill.
         */
        HeatMapCell: {
            /** @description The probability that the skill is known. */
            p_known: number;
            /**
             * @description Below 0.40, below 0.70, below 0.95, and above.
             * @enum {unknown}
             */
            level: "at_risk" | "mastered" | "proficient" | "struggling";
            /** @description By how much `p_known` has changed in 7 days; null where the first answer is newer. */
            trend: number | null;
            /** @description Answers that counted. */
            attempts: number;
        };
        /**
         * HeatMapRow
         * @description A row of the heat map: one student.
         */
        HeatMapRow: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            /** @description A name in one line. */
            name: string & unknown;
            /** @description One for each of the map's skills, in their order; null where never practised. */
            cells: (components["schemas"]["HeatMapCell"] | null)[];
            /** @description The bugs that the student has shown in 30 days. */
            bugs: string[];
        };
        /**
         * HeatMapSkill
         * @description A column of the heat map.
         */
        HeatMapSkill: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description Its stable name: the topic's, or one that begins with the topic's and a dot. */
            slug: string & unknown;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description A name in one line. */
            name: string & unknown;
            /** @description The mean over the students who have practised it. */
            mean: number;
        };
        /**
         * HistoryPoint
         * @description One answer, and what was believed after it.
         */
        HistoryPoint: {
            /** @description The answer's place among the student's. */
            seq: number;
            /** @description Whether it was right. */
            correct: boolean;
            /** @description The probability that the skill is known. */
            p_known: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            answered_at: string;
        };
        /**
         * Identity
         * @description An account at an outside OpenID issuer that may act as the caller.
         */
        Identity: {
            /** @description The issuer's `iss`. */
            issuer: string;
            /** @description The account's `sub` there. */
            subject: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
        };
        /**
         * Import
         * @description The texts of the files, one of them or several.
         */
        Import: {
            /** @description The text of the file: columns separated by `,`, `;` or tabs, in any order; others are passed over. */
            users?: string;
            /** @description The text of the file: columns separated by `,`, `;` or tabs, in any order; others are passed over. */
            roles?: string;
            /** @description The text of the file: columns separated by `,`, `;` or tabs, in any order; others are passed over. */
            classes?: string;
            /** @description The text of the file: columns separated by `,`, `;` or tabs, in any order; others are passed over. */
            enrollments?: string;
        };
        /**
         * ImportReport
         * @description What an import did, or would do, line by line.
         */
        ImportReport: {
            /** @description Whether anything was written. */
            applied: boolean;
            counts: components["schemas"]["Counts"];
            lines: components["schemas"]["Line"][];
        };
        /**
         * Invite
         * @description A code, and how often it was used.
         */
        Invite: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description `class`, `staff` or `link`. */
            kind: string;
            /** @description A code as printed. */
            code: string;
            /** @description The class that a `class` code opens. */
            classroom_id: string | null;
            /** @description The child that a `link` code leads to. */
            student_id: string | null;
            /** @description How many people may use it. */
            max_uses: number;
            /** @description How many have used it. */
            uses: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            expires_at: string;
            /** @description When it was taken back; null while it was not. */
            revoked_at: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
        };
        /**
         * IssuedServiceKey
         * @description A new key with its secret, which is told this once.
         */
        IssuedServiceKey: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description Which system it is for. */
            name: string & unknown;
            /** @description The school that it opens; null: the platform's. */
            school_id: string | null;
            /** @description What it may do. `attempts:read` and `mastery:read` are for a school's key, `operations:read` is for the platform's. */
            scopes: ("attempts:read" | "bugs:read" | "diagnose" | "exercises:generate" | "mastery:read" | "operations:read" | "skills:read")[];
            /** @description Language of texts. */
            locale: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            expires_at: string;
            /** @description The last day (UTC) on which it was used. */
            last_used_on: string | null;
            revoked_at: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            /** @description Send it as `Authorization: Bearer <key>`. Only its hash is kept. */
            key: string;
        };
        /**
         * JoinClassroom
         * @description The invite code of a class.
         */
        JoinClassroom: {
            /** @description A code as printed. */
            code: string;
        };
        /**
         * Line
         * @description What became of one line.
         */
        Line: {
            /** @enum {unknown} */
            file: "classes" | "enrollments" | "roles" | "users";
            /** @description Where it begins in the file. */
            line: number;
            sourced_id: string;
            /**
             * @description What became of it.
             * @enum {unknown}
             */
            outcome: "changed" | "created" | "refused" | "unchanged";
            /** @description Of a refused line. */
            error: components["schemas"]["Fault"] | null;
        };
        /**
         * Link
         * @description A parent's link to a child.
         */
        Link: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description A link counts once the school has confirmed it. */
            status: string;
            parent: components["schemas"]["Person"];
            student: components["schemas"]["Person"];
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            confirmed_at: string | null;
        };
        /**
         * LinkIdentity
         * @description Proof that the caller holds an account at a trusted issuer.
         */
        LinkIdentity: {
            /** @description A token of that issuer, made for this API. */
            token: string;
        };
        /**
         * Mark
         * @description What staff say of an answer: that it is right or wrong, or what it says, to be judged then.
         */
        Mark: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            question_id: string;
            right?: boolean;
            /** @description The answer as the student wrote it. */
            answer?: string;
        };
        /**
         * MasteryHistory
         * @description How the belief about each of a student's skills moved, answer by answer.
         */
        MasteryHistory: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            /** @description A name in one line. */
            name: string & unknown;
            skills: components["schemas"]["SkillHistory"][];
        };
        /**
         * Me
         * @description The caller.
         */
        Me: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description `student`, `teacher`, `parent`, `admin` or `operator`. */
            role: string;
            /** @description A name in one line. */
            name: string & unknown;
            /** @description Language of texts. */
            locale: string;
            /** @description Null for a student. */
            email: (string & unknown) | null;
            /** @description A student's name for signing in. */
            username: (string & unknown) | null;
            /** @description Null for an operator. */
            school: components["schemas"]["OwnSchool"] | null;
            /** @description Null unless it was asked for. */
            deletion: components["schemas"]["Deletion"] | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
        };
        /**
         * Member
         * @description A teacher or student of a class.
         */
        Member: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            user_id: string;
            /** @description A name in one line. */
            name: string & unknown;
            /** @description A student's name for signing in. */
            username: (string & unknown) | null;
            /** @description `teacher` or `student`. */
            role: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            joined_at: string;
        };
        /**
         * Message
         * @description What was said, and the reply.
         */
        Message: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            session_id: string;
            client_id: string | null;
            /** @description What the student says. */
            text: string & unknown;
            /**
             * @description `answer`: the model's words. `hint`: Tiza's own, as the model would have given the answer away, or said what it may not. `off_subject`: the message was not about the problem.
             * @enum {unknown}
             */
            kind: "answer" | "hint" | "off_subject";
            /** @description In plain words. */
            reply: string;
            sources: components["schemas"]["Source"][];
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            answered_at: string;
        };
        /**
         * MoveStudent
         * @description From which class a student comes, and to which.
         */
        MoveStudent: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            from_classroom_id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            to_classroom_id: string;
        };
        /**
         * Names
         * @description A name in every language.
         */
        Names: {
            /** @description A name in one line. */
            en: string & unknown;
            /** @description A name in one line. */
            es: string & unknown;
        };
        /**
         * NeedsAttention
         * @description A student to see, and why.
         */
        NeedsAttention: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            /** @description A name in one line. */
            name: string & unknown;
            /** @description The sum of the reasons' points. */
            points: number;
            /** @description The mean over the student's skills. */
            mean: number | null;
            /** @description The weightiest first. */
            reasons: components["schemas"]["Reason"][];
        };
        /**
         * NewAdmin
         * @description An admin, who gets a mail to set a password.
         */
        NewAdmin: {
            /** @enum {unknown} */
            role: "admin";
            /** @description A name in one line. */
            name: string & unknown;
            /** @description An e-mail address; upper and lower case are the same. */
            email: string & unknown;
            /**
             * @description Language of texts.
             * @default en
             */
            locale?: string;
        };
        /**
         * NewAssignment
         * @description Which exercises, for whom, until when.
         */
        NewAssignment: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            classroom_id: string;
            /** @description What it is called. */
            title: string & unknown;
            /** @description Students of the class. Left out: all of it, who joins it later included. */
            student_ids?: string[];
            /** @description In this order. */
            exercise_ids?: string[];
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            skill_id?: string;
            /**
             * @description How many are chosen.
             * @default 5
             */
            count?: number;
            /**
             * @description Whether they are chosen for each student, by what they know. Else all get the same; so does who joins the class later.
             * @default false
             */
            for_each?: boolean;
            /**
             * Format: date-time
             * @description An answer that is given later is marked, never refused.
             */
            due_at?: string;
        };
        /**
         * NewClass
         * @description What became of a planned class.
         */
        NewClass: {
            /** @description The id that the school's own system has for it; unique among its kind in the school. */
            sourced_id: string & unknown;
            /** @description A name in one line. */
            name: string & unknown;
            /**
             * @description What became of it.
             * @enum {unknown}
             */
            outcome: "changed" | "created" | "refused" | "unchanged";
            /** @description Null in a dry run, and where it was refused. */
            classroom_id: string | null;
            /** @description Students who were put in. */
            students: number;
            /** @description Teachers who were put in. */
            teachers: number;
            /** @description Of a refused one. */
            error: components["schemas"]["Fault"] | null;
        };
        /**
         * NewClassroom
         * @description A class to be made.
         */
        NewClassroom: {
            /** @description A name in one line. */
            name: string & unknown;
            /** @default null */
            grade?: number | null;
        };
        /**
         * NewExercise
         * @description A problem. Its answer is computed, never stated.
         */
        NewExercise: {
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem: string;
            /** @description The skills that it practises. */
            skill_ids?: string[];
            /**
             * @description On the scale of ability: at 0, an average student solves half.
             * @default 0
             */
            difficulty?: number;
            /**
             * @description How sharply it tells weaker from stronger students.
             * @default 1
             */
            discrimination?: number;
        };
        /**
         * NewGuide
         * @description A worksheet that is about to be uploaded, as a PDF of at most 20 pages.
         */
        NewGuide: {
            /**
             * Format: uuid
             * @description The class that it is meant for.
             */
            classroom_id: string;
            /** @description What it is called. */
            title: string & unknown;
            /** @description The file's size. */
            size: number;
            /**
             * @description A key made on the device: the same key is the same thing, sent again.
             * @default null
             */
            client_id?: string | null;
        };
        /**
         * NewInvite
         * @description How often, and for how long, a new code may be used.
         */
        NewInvite: {
            /**
             * @description How many people may use it.
             * @default 1
             */
            max_uses?: number;
            /**
             * @description For how many days it is good.
             * @default 14
             */
            days?: number;
        };
        /**
         * NewLink
         * @description The code that the child's school made.
         */
        NewLink: {
            /** @description A code as printed. */
            link_code: string;
        };
        /**
         * NewLinkCode
         * @description How many parents may use a link code, and for how long.
         */
        NewLinkCode: {
            /**
             * @description How many parents may use it.
             * @default 1
             */
            max_uses?: number;
            /**
             * @description For how many days it is good.
             * @default 14
             */
            days?: number;
        };
        /**
         * NewMarks
         * @description What staff say of some answers.
         */
        NewMarks: {
            marks: components["schemas"]["Mark"][];
        };
        /**
         * NewMessage
         * @description Something that the student says.
         */
        NewMessage: {
            /** @description What the student says. */
            text: string & unknown;
            /**
             * @description A key made on the device: the same key is the same message, and counts once.
             * @default null
             */
            client_id?: string | null;
        };
        /**
         * NewParent
         * @description A parent, who gets a mail to set a password, and links their child with a code.
         */
        NewParent: {
            /** @enum {unknown} */
            role: "parent";
            /** @description A name in one line. */
            name: string & unknown;
            /** @description An e-mail address; upper and lower case are the same. */
            email: string & unknown;
            /**
             * @description Language of texts.
             * @default en
             */
            locale?: string;
        };
        /**
         * NewPhoto
         * @description A photo that is about to be uploaded; of an exercise, of a problem, or of anything.
         */
        NewPhoto: {
            /**
             * @description What the file is; it is found out again from its content.
             * @enum {unknown}
             */
            content_type: "image/jpeg" | "image/png" | "image/webp";
            /** @description The file's size. */
            size: number;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            exercise_id?: string;
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem?: string;
            /**
             * @description A key made on the device: the same key is the same photo, with a new form.
             * @default null
             */
            client_id?: string | null;
        };
        /**
         * NewPin
         * @description A student's new PIN.
         */
        NewPin: {
            /** @description Four to eight digits. */
            pin: string;
        };
        /**
         * NewPublication
         * @description To whom a worksheet is given, until when, and how often they may hand in.
         */
        NewPublication: {
            /** @description The version that was looked at, which must be the last. */
            version: number;
            classroom_ids: string[];
            /**
             * Format: date-time
             * @description An answer that is given later is marked, never refused.
             */
            due_at?: string;
            /**
             * @description How often each student may hand in.
             * @default 1
             */
            most_submissions?: number;
        };
        /**
         * NewServiceKey
         * @description A key for another system.
         */
        NewServiceKey: {
            /** @description Which system it is for. */
            name: string & unknown;
            /** @description What it may do. `attempts:read` and `mastery:read` are for a school's key, `operations:read` is for the platform's. */
            scopes: ("attempts:read" | "bugs:read" | "diagnose" | "exercises:generate" | "mastery:read" | "operations:read" | "skills:read")[];
            /**
             * @description For how many days it is good.
             * @default 90
             */
            days?: number;
            /**
             * @description Language of the texts that it is answered.
             * @default en
             */
            locale?: string;
        };
        /**
         * NewSession
         * @description What a talk is to be about, one of the three. Of an attempt, its problem.
         */
        NewSession: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            attempt_id?: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            exercise_id?: string;
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem?: string;
        };
        /**
         * NewSkill
         * @description A skill to be added.
         */
        NewSkill: {
            /** @description Its stable name: the topic's, or one that begins with the topic's and a dot. */
            slug: string & unknown;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            names: components["schemas"]["Names"];
            /**
             * @description Where it stands in lists of skills.
             * @default 0
             */
            position?: number;
            /**
             * @description Skills that come right before it.
             * @default []
             */
            prerequisites?: string[];
        };
        /**
         * NewStudent
         * @description A student, who signs in with class code, user name and PIN.
         */
        NewStudent: {
            /** @enum {unknown} */
            role: "student";
            /** @description A name in one line. */
            name: string & unknown;
            /** @description A user name, unique in the school; upper and lower case are the same. */
            username: string & unknown;
            /** @description Four to eight digits. */
            pin: string;
            /**
             * @description Language of texts.
             * @default en
             */
            locale?: string;
            /**
             * Format: date
             * @description For the age of consent.
             */
            birth_date?: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            classroom_id?: string;
        };
        /**
         * NewSubmission
         * @description What a student hands in: answers that are typed, or photos of the sheet.
         */
        NewSubmission: {
            /**
             * @description A key made on the device: the same key is the same thing, sent again.
             * @default null
             */
            client_id?: string | null;
            answers?: components["schemas"]["TypedAnswer"][];
            photos?: components["schemas"]["AnnouncedPage"][];
        };
        /**
         * NewTeacher
         * @description A teacher, who gets a mail to set a password.
         */
        NewTeacher: {
            /** @enum {unknown} */
            role: "teacher";
            /** @description A name in one line. */
            name: string & unknown;
            /** @description An e-mail address; upper and lower case are the same. */
            email: string & unknown;
            /**
             * @description Language of texts.
             * @default en
             */
            locale?: string;
        };
        /**
         * NewVersion
         * @description All questions of a worksheet, in their order; those that are left out are gone.
         */
        NewVersion: {
            /** @description The version that was changed. Another present one is a conflict. */
            version: number;
            questions: components["schemas"]["SaidQuestion"][];
        };
        /**
         * NextPractice
         * @description What the student wants to practise.
         */
        NextPractice: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            skill_id?: string;
        };
        /**
         * OneResult
         * @description How one student stands with a worksheet, with all that they handed in.
         */
        OneResult: {
            result: components["schemas"]["StudentResult"];
            /** @description Latest first. */
            submissions: components["schemas"]["SubmissionSummary"][];
        };
        /**
         * OutboxStatus
         * @description What is written and not sent to its queue yet.
         */
        OutboxStatus: {
            waiting: number;
            /** @description Since when the oldest waits; null if none does. */
            oldest_at: string | null;
        };
        /**
         * Override
         * @description What is to be said of the answer instead.
         */
        Override: {
            /**
             * @description `not_simplified` counts as right; `unreadable`, not in the grammar, is never wrong.
             * @enum {unknown}
             */
            verdict: "correct" | "incorrect" | "not_simplified" | "unreadable";
            /** @description The catalogue's id: the topic and a name. */
            bug?: string & unknown;
            /** @description A word to the student, who is shown it. */
            comment?: string;
        };
        /**
         * OwnSchool
         * @description The school that the caller belongs to.
         */
        OwnSchool: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description A name in one line. */
            name: string & unknown;
        };
        /**
         * Page
         * @description A photo of a submission.
         */
        Page: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            photo_id: string;
            /** @description Null once the photo is deleted. */
            status: ("checked" | "refused" | "waiting") | null;
            is_read: boolean;
            /** @description For who hands it in: where to send it. Null once it has arrived. */
            upload: components["schemas"]["UploadForm"] | null;
        };
        /**
         * Person
         * @description One end of a link.
         */
        Person: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description A child's is kept from the parent until confirmed. */
            name: (string & unknown) | null;
        };
        /**
         * Photo
         * @description A photo. The file itself is a clean copy: upright, in sRGB, with nothing in it but the picture.
         */
        Photo: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            exercise_id: string | null;
            problem: string | null;
            /**
             * @description What the file is; it is found out again from its content.
             * @enum {unknown}
             */
            content_type: "image/jpeg" | "image/png" | "image/webp";
            /**
             * @description `waiting` for the upload or its check; `checked`: it can be looked at; `refused`: see `reason`, and hand in another.
             * @enum {unknown}
             */
            status: "checked" | "refused" | "waiting";
            reason: ("animated" | "damaged" | "too_large" | "too_many_pixels" | "wrong_type") | null;
            reason_text: string | null;
            /** @description Null unless it was checked. */
            reading: ("read" | "waiting") | null;
            reading_reason: ("budget_spent" | "consent_required" | "not_set_up" | "switched_off" | "unavailable") | null;
            reading_reason_text: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            updated_at: string;
            /** @description Of the copy, once it was checked. */
            width: number | null;
            /** @description Of the copy, once it was checked. */
            height: number | null;
            /** @description Null unless it was checked. */
            files: components["schemas"]["Files"] | null;
            /** @description What was read from it; empty until then. */
            lines: components["schemas"]["PhotoLine"][];
        };
        /**
         * PhotoLine
         * @description A line of work as it was read: one problem with its answer.
         */
        PhotoLine: {
            /** @description Which line, the first being 0. */
            line: number;
            /** @description As it was read; of an unreadable line all that was. */
            problem: string;
            answer: string;
            /** @description The lines of work between the two. */
            steps: string[];
            /** @description How sure the reader is of what it read. */
            confidence: number;
            /**
             * @description `waiting` to become an attempt; `attempt`: it is one; `unsure`: it becomes one when somebody says what it is; `kept`: it is none, see `reason`.
             * @enum {unknown}
             */
            status: "attempt" | "kept" | "unsure" | "waiting";
            reason: ("answer" | "bounds" | "exercise" | "problem" | "unreadable") | null;
            reason_text: string | null;
            /** @description What it became. */
            attempt_id: string | null;
        };
        /**
         * PhotoSummary
         * @description A photo in a list.
         */
        PhotoSummary: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            exercise_id: string | null;
            problem: string | null;
            /**
             * @description What the file is; it is found out again from its content.
             * @enum {unknown}
             */
            content_type: "image/jpeg" | "image/png" | "image/webp";
            /**
             * @description `waiting` for the upload or its check; `checked`: it can be looked at; `refused`: see `reason`, and hand in another.
             * @enum {unknown}
             */
            status: "checked" | "refused" | "waiting";
            reason: ("animated" | "damaged" | "too_large" | "too_many_pixels" | "wrong_type") | null;
            reason_text: string | null;
            /** @description Null unless it was checked. */
            reading: ("read" | "waiting") | null;
            reading_reason: ("budget_spent" | "consent_required" | "not_set_up" | "switched_off" | "unavailable") | null;
            reading_reason_text: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            updated_at: string;
        };
        /**
         * PinSheet
         * @description The new PINs of a class, to be printed and cut.
         */
        PinSheet: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            classroom_id: string;
            /** @description A name in one line. */
            class_name: string & unknown;
            class_code: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            set_at: string;
            students: components["schemas"]["StudentPin"][];
        };
        /**
         * Pins
         * @description Whose PINs are to be set.
         */
        Pins: {
            /**
             * @description `without_pin`: only those who have none yet.
             * @default without_pin
             * @enum {unknown}
             */
            students?: "all" | "without_pin";
        };
        /**
         * PlannedClass
         * @description A class of the new school year.
         */
        PlannedClass: {
            /** @description The id that the school's own system has for it; unique among its kind in the school. */
            sourced_id: string & unknown;
            /** @description A name in one line. */
            name: string & unknown;
            /** @default null */
            grade?: number | null;
            /**
             * @description The classes that it comes from; they are archived.
             * @default []
             */
            from_classrooms?: string[];
            /** @description Left out: all students of those classes. */
            students?: string[];
            /** @description Left out: all teachers of those classes. */
            teachers?: string[];
        };
        /**
         * Practice
         * @description An exercise that was given to a student. It is answered as any other, by its `exercise_id`.
         */
        Practice: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            exercise_id: string;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem: string;
            /** @description Null while it has none. */
            story: components["schemas"]["Story"] | null;
            skill: components["schemas"]["PracticeSkill"];
            reason: components["schemas"]["PracticeReason"];
            /** @description Whether it was chosen to settle a suspicion. */
            is_probe: boolean;
            /** @description The bug that it settles or practises; null where it is about none. */
            bug: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            given_at: string;
        };
        /**
         * PracticeReason
         * @description Why an exercise was chosen.
         */
        PracticeReason: {
            /**
             * @description It settles a suspected bug; practises one that was found; comes before what is wanted; goes on with a skill; begins one; keeps up what is known.
             * @enum {unknown}
             */
            code: "bug" | "learning" | "new_skill" | "prerequisite" | "probe" | "review";
            /** @description The same in one sentence, in the student's language. */
            sentence: string;
        };
        /**
         * PracticeSkill
         * @description The skill that an exercise is given for.
         */
        PracticeSkill: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description Its stable name: the topic's, or one that begins with the topic's and a dot. */
            slug: string & unknown;
            /** @description A name in one line. */
            name: string & unknown;
        };
        /**
         * Preference
         * @description One kind of mail.
         */
        Preference: {
            /**
             * @description A reminder after three days without practice, at most once a week; every Monday what one's children did in the week before.
             * @enum {unknown}
             */
            kind: "practice_reminder" | "weekly_summary";
            /** @description Whether these mails are wanted. */
            subscribed: boolean;
            /** @description Null where nothing was ever chosen. */
            changed_at: string | null;
        };
        /**
         * Progress
         * @description How a class stands with an assignment.
         */
        Progress: {
            assignment: components["schemas"]["Assignment"];
            /** @description By name. */
            students: components["schemas"]["StudentProgress"][];
            /** @description The most shared first. */
            bugs: components["schemas"]["ShownBug"][];
        };
        /**
         * Pupil
         * @description A student of the class.
         */
        Pupil: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            /** @description A name in one line. */
            name: string & unknown;
        };
        /**
         * Question
         * @description A question of a worksheet.
         */
        Question: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description The question's number on the sheet. */
            label: string;
            /** @description The question in words. */
            text: string;
            /** @description What is to be worked out; null for words alone. */
            problem: string | null;
            /** @description What it practises. */
            skill_id: string | null;
            /** @description What is right; for staff only, else null. */
            answer: string | null;
            /**
             * @description Who found out what is asked: the text of the file, a language model, or staff.
             * @enum {unknown}
             */
            found_by: "llm" | "teacher" | "text";
            /** @description For staff only, else null. */
            answered_by: ("engine" | "llm" | "teacher") | null;
            /** @description What a language model found or answered is to be confirmed by staff before the worksheet is published. */
            is_confirmed: boolean;
        };
        /**
         * QuestionResult
         * @description How the students did at a question.
         */
        QuestionResult: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            question_id: string;
            /** @description The question's number on the sheet. */
            label: string;
            /** @description The question in words. */
            text: string;
            /** @description How many had it right. */
            right: number;
            /** @description How many had it wrong. */
            wrong: number;
            to_review: number;
        };
        /**
         * QueueStatus
         * @description A queue and its dead-letter queue; the numbers are SQS's own, which are approximate.
         */
        QueueStatus: {
            /** @description The queue's name without the stage. */
            queue: string;
            /** @description About how many; null where the queue could not be asked. */
            waiting: number | null;
            /** @description Received by a worker and not done yet. */
            in_flight: number | null;
            /** @description Not to be received yet. */
            delayed: number | null;
            /** @description Given up after too many failures: dead letters. */
            dead: number | null;
        };
        /**
         * Quota
         * @description How many messages are answered in a day of the school, and how it stands with today.
         */
        Quota: {
            /** @description By the school's plan. */
            limit: number;
            /** @description Those under way count, too. */
            used: number;
            left: number;
            /**
             * Format: date-time
             * @description The school's next midnight.
             */
            resets_at: string;
        };
        /**
         * Readiness
         * @description The database answers and has the schema that this code needs.
         */
        Readiness: {
            status: string;
            /** @description The newest migration of the database. */
            migration: string;
        };
        /**
         * Reason
         * @description One reason to see a student.
         */
        Reason: {
            /**
             * @description As the alerts have it.
             * @enum {unknown}
             */
            type: "at_risk" | "dropped" | "inactive" | "shared_bug";
            /** @description What it adds to the student's points. */
            points: number;
            /** @description A sentence. */
            text: string;
            skill_ids: string[];
            bugs: string[];
            /** @description Days without an answer. */
            school_days: number | null;
        };
        /**
         * RecordedDiagnosis
         * @description One of the diagnoses that an answer has had.
         */
        RecordedDiagnosis: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * @description `not_simplified` counts as right; `unreadable`, not in the grammar, is never wrong.
             * @enum {unknown}
             */
            verdict: "correct" | "incorrect" | "not_simplified" | "unreadable";
            diagnosis: components["schemas"]["Diagnosis"];
            /** @description Whether it is the one that counts. */
            is_current: boolean;
            /** @description Who of the staff made it; told to staff only. */
            made_by: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
        };
        /**
         * Redrive
         * @description Which dead letters to send again.
         */
        Redrive: {
            /** @description Left out: all of them. */
            message_ids?: string[];
        };
        /**
         * Redriven
         * @description How many went back to their queue.
         */
        Redriven: {
            moved: number;
            /** @description False where there may be more, or some could not be sent: ask again. */
            is_done: boolean;
        };
        /**
         * Refresh
         * @description The newest refresh token of a session.
         */
        Refresh: {
            /** @description The newest refresh token of this sign-in. */
            refresh_token: string;
        };
        /**
         * RegisterParent
         * @description A parent, whose link to the child counts once the school has confirmed it.
         */
        RegisterParent: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "parent";
            /** @description A code as printed. */
            link_code: string;
            /** @description An e-mail address; upper and lower case are the same. */
            email: string & unknown;
            /** @description At least 10 characters. */
            password: string;
            /** @description A name in one line. */
            name: string & unknown;
            /**
             * @description Language of texts.
             * @default en
             */
            locale?: string;
        };
        /**
         * RegisterStudent
         * @description A student, who joins a class by its invite code and needs no e-mail address.
         */
        RegisterStudent: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "student";
            /** @description A code as printed. */
            class_code: string;
            /** @description A user name, unique in the school; upper and lower case are the same. */
            username: string & unknown;
            /** @description Four to eight digits. */
            pin: string;
            /** @description A name in one line. */
            name: string & unknown;
            /**
             * @description Language of texts.
             * @default en
             */
            locale?: string;
        };
        /**
         * RegisterTeacher
         * @description A teacher, who founds a school and becomes its first admin, or comes in by a staff invite.
         */
        RegisterTeacher: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "teacher";
            /** @description An e-mail address; upper and lower case are the same. */
            email: string & unknown;
            /** @description At least 10 characters. */
            password: string;
            /** @description A name in one line. */
            name: string & unknown;
            /**
             * @description Language of texts.
             * @default en
             */
            locale?: string;
            school?: components["schemas"]["FoundedSchool"];
            /** @description A code as printed. */
            invite_code?: string;
        };
        /**
         * Registered
         * @description What happens next.
         */
        Registered: {
            /** @description `verification_sent`: a mail is on its way, and says how to go on. `ready`: sign in with `class_code`, `username` and the PIN. */
            status: string;
            /**
             * @description The class's sign-in code; for a student.
             * @default null
             */
            class_code: string | null;
            /**
             * @description As it is stored; for a student.
             * @default null
             */
            username: (string & unknown) | null;
        };
        /**
         * Report
         * @description That an answer was wrongly diagnosed.
         */
        Report: {
            /** @description What the student says about it. */
            comment?: string;
        };
        /**
         * ResetPassword
         * @description The token of a mail, and the password to be.
         */
        ResetPassword: {
            /** @description The token of a mail. */
            token: string;
            /** @description At least 10 characters. */
            password: string;
        };
        /**
         * Resolution
         * @description That the diagnosis is right.
         */
        Resolution: {
            /** @description A word to the student, who is shown it. */
            comment?: string;
        };
        /**
         * Result
         * @description What became of an assignment, over the students in question: all of it, one's own, one's children.
         *
         *     It is the first answer to an exercise that counts as right or wrong: with it the student is told what is
         *     right.
         */
        Result: {
            /** @description For how many it is. */
            students: number;
            /** @description How many have answered every exercise. */
            finished: number;
            /** @description How many did not in time, and still have not. */
            overdue: number;
            /** @description How many gave an answer after it was due. */
            late: number;
            /** @description How many are to be answered, over the students. */
            exercises: number;
            /** @description How many of them have an answer. */
            answered: number;
            /** @description How many of them were right at the first go. */
            right: number;
            /** @description The share of right ones among the answered; null without any. */
            mean: number | null;
        };
        /**
         * Results
         * @description What came of a worksheet.
         */
        Results: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            guide_id: string;
            /**
             * Format: date-time
             * @description An answer that is given later is marked, never refused.
             */
            due_at: string;
            /** @description The share of right ones among the answers that were judged; null without any. */
            mean: number | null;
            /** @description By name. */
            students: components["schemas"]["StudentResult"][];
            /** @description In their order. */
            questions: components["schemas"]["QuestionResult"][];
        };
        /**
         * Review
         * @description A diagnosis that is doubted, and what became of that.
         */
        Review: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            attempt_id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            /**
             * Format: uuid
             * @description The diagnosis that is doubted.
             */
            diagnosis_id: string;
            /** @description The answer, with the diagnosis that counts now. */
            attempt: components["schemas"]["AttemptSummary"];
            /**
             * @description `reported`: the student says it is wrong. `unsure`: the machine that made it doubts it.
             * @enum {unknown}
             */
            reason: "reported" | "unsure";
            comment: string | null;
            /**
             * @description `upheld`: staff find the diagnosis right. `corrected`: they have overridden it.
             * @enum {unknown}
             */
            status: "corrected" | "open" | "upheld";
            response: string | null;
            /** @description Who resolved it; told to staff only. */
            resolved_by: string | null;
            resolved_at: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
        };
        /**
         * Row
         * @description One row as it is stored. Secrets, and hashes of them, are left out.
         */
        Row: {
            /** @description The table. */
            section: string;
            /** @description The row by column. */
            values: Record<string, never>;
        };
        /**
         * SaidLine
         * @description What a line really says. What is left out is as it was read.
         */
        SaidLine: {
            /** @description Which line, the first being 0. */
            line: number;
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem?: string;
            /** @description The answer as the student wrote it. */
            answer?: string;
            /** @description The lines of the student's work, first to last. */
            steps?: string[];
        };
        /**
         * SaidQuestion
         * @description A question as staff have it. With a `problem` what is right is computed, and `answer` is not read.
         */
        SaidQuestion: {
            /** @description The question's number on the sheet. */
            label: string;
            /** @description The question in words. */
            text: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id?: string;
            /** @default null */
            problem?: string | null;
            /**
             * @description Null: the skill of the problem's topic.
             * @default null
             */
            skill_id?: string | null;
            /**
             * @description What is right, where there is no problem.
             * @default null
             */
            answer?: string | null;
            /**
             * @description What a language model found or answered is to be confirmed by staff before the worksheet is published.
             * @default false
             */
            is_confirmed?: boolean;
        };
        /**
         * ScheduleStatus
         * @description Scheduled work, and how it last ended.
         */
        ScheduleStatus: {
            schedule: string;
            is_running: boolean;
            started_at: string | null;
            succeeded_at: string | null;
            failed_at: string | null;
            /** @description How long the last run took. */
            milliseconds: number | null;
            /** @description What the last run counted. */
            result: Record<string, never> | null;
        };
        /**
         * School
         * @description A school.
         */
        School: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description A name in one line. */
            name: string & unknown;
            /** @description A time zone of the IANA database. */
            time_zone: string;
            /** @description Days without school, in order. */
            holidays: string[];
            /** @description From this age on, students consent for themselves. */
            age_of_consent: number;
            /** @description What the school has booked. */
            plan: string;
            /** @description Languages taught in. */
            languages: string[];
            /** @description Its deletion was asked for then; after 30 days it is purged. */
            deletion_requested_at: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            updated_at: string;
        };
        /**
         * SchoolYear
         * @description The classes of the new school year, and which others end.
         */
        SchoolYear: {
            /** @default [] */
            classes?: components["schemas"]["PlannedClass"][];
            /**
             * @description Classes that end and come from nowhere else.
             * @default []
             */
            archive?: string[];
        };
        /**
         * SchoolYearReport
         * @description What the change did, or would do.
         */
        SchoolYearReport: {
            /** @description False after a dry run, or where anything was refused. */
            applied: boolean;
            classes: components["schemas"]["NewClass"][];
            archived: components["schemas"]["ArchivedClass"][];
        };
        /**
         * Sent
         * @description The same answer, whether the address is known or not.
         */
        Sent: {
            /**
             * @description If the address is known, a mail is on its way.
             * @default sent
             */
            status: string;
        };
        /**
         * ServiceKey
         * @description A key of another system, without its secret.
         */
        ServiceKey: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description Which system it is for. */
            name: string & unknown;
            /** @description The school that it opens; null: the platform's. */
            school_id: string | null;
            /** @description What it may do. `attempts:read` and `mastery:read` are for a school's key, `operations:read` is for the platform's. */
            scopes: ("attempts:read" | "bugs:read" | "diagnose" | "exercises:generate" | "mastery:read" | "operations:read" | "skills:read")[];
            /** @description Language of texts. */
            locale: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            expires_at: string;
            /** @description The last day (UTC) on which it was used. */
            last_used_on: string | null;
            revoked_at: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
        };
        /**
         * Session
         * @description A talk about one problem.
         */
        Session: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem: string;
            /** @description The exercise that it is about, if it is of one. */
            exercise_id: string | null;
            /** @description The attempt that it is about, if it is of one. */
            attempt_id: string | null;
            /** @description Whether the student has answered the problem. Until then the tutor gives hints, and never the answer. */
            is_answered: boolean;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description The time of the last message.
             */
            updated_at: string;
        };
        /**
         * SetMember
         * @description What somebody is to be in a class.
         */
        SetMember: {
            /** @description `teacher` or `student`. */
            role: string;
        };
        /**
         * SetPreference
         * @description Yes or no.
         */
        SetPreference: {
            /** @description Whether these mails are wanted. */
            subscribed: boolean;
        };
        /**
         * SetPrerequisites
         * @description All the skills that come right before one.
         */
        SetPrerequisites: {
            /** @description Skills that come right before it. */
            prerequisites: string[];
        };
        /**
         * SetSwitch
         * @description On or off.
         */
        SetSwitch: {
            /** @description `false` stops it. */
            is_on: boolean;
        };
        /**
         * SharedBug
         * @description A bug that students of the class have, each with a probability of 0.8 or more.
         */
        SharedBug: {
            /** @description The catalogue's id. */
            bug: string;
            /** @description A name in one line. */
            name: string & unknown;
            explanation: string;
            /** @description How many students have it. */
            students: number;
            /** @description In how many answers it was found. */
            attempts: number;
            student_ids: string[];
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            last_seen_at: string;
        };
        /**
         * ShownBug
         * @description A bug that answers of the assignment showed, each with a probability of 0.8 or more.
         */
        ShownBug: {
            /** @description The catalogue's id; two bugs at once are `id+id`, a single slip is `slip.<kind>`. */
            bug: string;
            /** @description Its name in the caller's language. */
            name: string;
            /** @description How many students showed it. */
            students: number;
            student_ids: string[];
        };
        /**
         * SignIn
         * @description Either `email` and `password`, or `class_code`, `username` and `pin`.
         */
        SignIn: {
            /** @description An e-mail address; upper and lower case are the same. */
            email?: string & unknown;
            /** @description The password. */
            password?: string;
            /** @description A code as printed. */
            class_code?: string;
            /** @description A user name, unique in the school; upper and lower case are the same. */
            username?: string & unknown;
            /** @description Four to eight digits. */
            pin?: string;
        };
        /**
         * SignedIn
         * @description A session: send `access_token` as a bearer token; exchange `refresh_token` before it expires.
         */
        SignedIn: {
            /** @description A JWT (RFC 9068). */
            access_token: string;
            /** @description The newest refresh token of this sign-in. */
            refresh_token: string;
            /** @description Life of the access token in seconds. */
            expires_in: number;
            user: components["schemas"]["SignedInUser"];
            /** @default Bearer */
            token_type: string;
        };
        /**
         * SignedInUser
         * @description Who signed in.
         */
        SignedInUser: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            role: string;
            /** @description A name in one line. */
            name: string & unknown;
            /** @description Null for an operator. */
            school_id: string | null;
            /** @description Language of texts. */
            locale: string;
        };
        /**
         * Skill
         * @description Something to be learnt.
         */
        Skill: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description Its stable name: the topic's, or one that begins with the topic's and a dot. */
            slug: string & unknown;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description In the caller's language. */
            name: string & unknown;
            /** @description Where it stands in lists of skills. */
            position: number;
            /** @description Skills that come right before it. */
            prerequisites: string[];
            /** @description Since then no answer counts towards it. */
            retired_at: string | null;
        };
        /**
         * SkillChange
         * @description A skill that was practised, and how the belief about it has moved.
         */
        SkillChange: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            skill_id: string;
            /** @description Its stable name: the topic's, or one that begins with the topic's and a dot. */
            slug: string & unknown;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description A name in one line. */
            name: string & unknown;
            /** @description Answers that counted. */
            answers: number;
            /** @description The probability that the skill is known. */
            p_known: number;
            /**
             * @description Below 0.40, below 0.70, below 0.95, and above.
             * @enum {unknown}
             */
            level: "at_risk" | "mastered" | "proficient" | "struggling";
            /** @description The probability that the skill is known. */
            p_known_before: number;
            /**
             * @description Below 0.40, below 0.70, below 0.95, and above.
             * @enum {unknown}
             */
            level_before: "at_risk" | "mastered" | "proficient" | "struggling";
        };
        /**
         * SkillHistory
         * @description How the belief about one skill moved.
         */
        SkillHistory: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            skill_id: string;
            /** @description Its stable name: the topic's, or one that begins with the topic's and a dot. */
            slug: string & unknown;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description A name in one line. */
            name: string & unknown;
            /** @description Answers in this time; there may be fewer points. */
            answers: number;
            /** @description In the order in which the answers counted. */
            points: components["schemas"]["HistoryPoint"][];
        };
        /**
         * SkillMastery
         * @description What one student is believed to know of one skill.
         */
        SkillMastery: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            skill_id: string;
            /** @description Its stable name: the topic's, or one that begins with the topic's and a dot. */
            slug: string & unknown;
            /** @description A topic of the diagnosis engine. */
            topic: string;
            /** @description A name in one line. */
            name: string & unknown;
            /** @description The probability that the skill is known. */
            p_known: number;
            /**
             * @description Below 0.40, below 0.70, below 0.95, and above.
             * @enum {unknown}
             */
            level: "at_risk" | "mastered" | "proficient" | "struggling";
            /** @description By how much `p_known` has changed in 7 days; null where the first answer is newer. */
            trend: number | null;
            /** @description Answers that counted. */
            attempts: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            updated_at: string;
        };
        /**
         * SkillStep
         * @description How the answer moved the belief about one skill.
         */
        SkillStep: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            skill_id: string;
            /** @description The probability that the skill is known, after it. */
            p_known: number;
            /**
             * @description Below 0.40, below 0.70, below 0.95, and above.
             * @enum {unknown}
             */
            level: "at_risk" | "mastered" | "proficient" | "struggling";
        };
        /**
         * Source
         * @description What the model was given to rest its reply on, and says that it did.
         */
        Source: {
            /**
             * @description An entry of the bug catalogue, or a question of a worksheet.
             * @enum {unknown}
             */
            kind: "bug" | "guide";
            /** @description The catalogue's id, or the worksheet's. */
            id: string;
            /** @description Its name in the student's language. */
            title: string;
        };
        /**
         * Spent
         * @description Calls, and what they cost.
         */
        Spent: {
            calls: number;
            /** @description Millionths of a US dollar. */
            micro_usd: number;
        };
        /**
         * Status
         * @description How the platform is doing.
         */
        Status: {
            queues: components["schemas"]["QueueStatus"][];
            /** @description Queues that could not be asked, or not wholly. */
            not_asked: string[];
            outbox: components["schemas"]["OutboxStatus"];
            schedules: components["schemas"]["ScheduleStatus"][];
            costs: components["schemas"]["Costs"];
            switches: components["schemas"]["Switch"][];
        };
        /**
         * Story
         * @description The same problem told as a story. Its answer is the exercise's, which was computed.
         */
        Story: {
            /** @description In one line. Its numbers are those of the problem. */
            text: string;
            /** @description Language of texts. */
            locale: string;
            /**
             * @description Who wrote it: a language model.
             * @enum {unknown}
             */
            source: "llm";
        };
        /**
         * StoryWish
         * @description Which story is wanted.
         */
        StoryWish: {
            /** @description Language of texts. */
            locale?: string;
        };
        /**
         * StudentMastery
         * @description What one student is believed to know of each skill they have practised.
         */
        StudentMastery: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            skills: components["schemas"]["SkillMastery"][];
        };
        /**
         * StudentPin
         * @description What a student signs in with, beside the class's code.
         */
        StudentPin: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            user_id: string;
            /** @description A name in one line. */
            name: string & unknown;
            username: string;
            /** @description Told this once. */
            pin: string;
        };
        /**
         * StudentProgress
         * @description What one student has made of an assignment.
         */
        StudentProgress: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            assignment_id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            /** @description A name in one line. */
            name: string & unknown;
            /**
             * @description `finished`: each exercise has an answer. `overdue`: one has none, and it was due, or was closed.
             * @enum {unknown}
             */
            state: "finished" | "overdue" | "to_do";
            /** @description When the last exercise had its answer. */
            finished_at: string | null;
            /** @description The student's own, in their order. */
            exercises: components["schemas"]["ExerciseState"][];
        };
        /**
         * StudentResult
         * @description How a student stands with a worksheet. The last submission that was graded counts.
         */
        StudentResult: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            /** @description As it is today. */
            name: string;
            /**
             * @description `handed_in`: it is not graded yet.
             * @enum {unknown}
             */
            state: "graded" | "handed_in" | "overdue" | "to_do";
            /** @description How often they handed in. */
            submissions: number;
            /** @description The one that counts. */
            submission_id: string | null;
            /** @description Of that one. */
            is_late: boolean;
            right: number;
            wrong: number;
            to_review: number;
        };
        /**
         * Subject
         * @description To whom or what it was done.
         */
        Subject: {
            /** @description Such as `user` or `classroom`. */
            type: string;
            id: string | null;
            /** @description A person's or class's name today, as far as there is one. */
            name: string | null;
        };
        /**
         * Submission
         * @description What was handed in once.
         */
        Submission: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            guide_id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            /** @description The student's first, second ... */
            number: number;
            /** @enum {unknown} */
            kind: "photo" | "typed";
            /**
             * @description `waiting` for its photos to be read; `failed`: a photo was refused, hand in again; `withdrawn`: another was handed in meanwhile; `grading` takes some seconds.
             * @enum {unknown}
             */
            state: "failed" | "graded" | "grading" | "waiting" | "withdrawn";
            /** @description Whether it came after it was due. */
            is_late: boolean;
            /** @description How many were asked. */
            questions: number;
            /** @description How many are right. */
            right: number;
            /** @description How many are wrong. */
            wrong: number;
            /** @description How many staff should look at. */
            to_review: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            submitted_at: string;
            graded_at: string | null;
            /** @description One for each question; empty before it is graded. */
            answers: components["schemas"]["GradedAnswer"][];
            /** @description The photos, in their order; none where it was typed. */
            pages: components["schemas"]["Page"][];
        };
        /**
         * SubmissionSummary
         * @description What was handed in once, in a list. Right and asked are of the questions that have been judged.
         */
        SubmissionSummary: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            guide_id: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            student_id: string;
            /** @description The student's first, second ... */
            number: number;
            /** @enum {unknown} */
            kind: "photo" | "typed";
            /**
             * @description `waiting` for its photos to be read; `failed`: a photo was refused, hand in again; `withdrawn`: another was handed in meanwhile; `grading` takes some seconds.
             * @enum {unknown}
             */
            state: "failed" | "graded" | "grading" | "waiting" | "withdrawn";
            /** @description Whether it came after it was due. */
            is_late: boolean;
            /** @description How many were asked. */
            questions: number;
            /** @description How many are right. */
            right: number;
            /** @description How many are wrong. */
            wrong: number;
            /** @description How many staff should look at. */
            to_review: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            submitted_at: string;
            graded_at: string | null;
        };
        /**
         * SubmitAttempt
         * @description An answer to an exercise or to a problem, one of the two.
         */
        SubmitAttempt: {
            /** @description The answer as the student wrote it. */
            answer: string;
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            exercise_id?: string;
            /** @description A problem in the grammar of `docs/diagnosis.md`. */
            problem?: string;
            /**
             * @description The lines of the student's work, first to last.
             * @default []
             */
            steps?: string[];
            /**
             * @description A key made on the device: an attempt sent twice is stored once.
             * @default null
             */
            client_id?: string | null;
            /**
             * Format: date-time
             * @description When it was answered, if that was earlier: up to 30 days ago, by the device's clock.
             */
            answered_at?: string;
        };
        /**
         * Switch
         * @description Something that costs money, and whether it is on.
         */
        Switch: {
            /**
             * @description What can be switched off.
             * @enum {unknown}
             */
            name: "llm" | "mail" | "photos" | "tutor";
            /** @description On, until somebody switches it off. */
            is_on: boolean;
            /** @description When it was last switched; null if never. */
            changed_at: string | null;
        };
        /**
         * TraceLine
         * @description One line of the work, such as one column of a subtraction.
         */
        TraceLine: {
            /** @description Its name; empty where the work is one line. */
            place: string;
            /** @description What the student puts down. */
            wrote: string;
            /** @description What is right there. */
            right: string;
            /** @description The work in words. */
            text: string;
            /** @description Whether the work first goes wrong here. */
            first_departure: boolean;
        };
        /**
         * TypedAnswer
         * @description The answer to one question.
         */
        TypedAnswer: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            question_id: string;
            /** @description The answer as the student wrote it. */
            answer: string;
            /**
             * @description The lines of the student's work, first to last.
             * @default []
             */
            steps?: string[];
        };
        /**
         * UploadForm
         * @description How to send the file: a POST of multipart/form-data with these fields, and then the file as `file`.
         */
        UploadForm: {
            /** @description Where to. */
            url: string;
            /** @description To be sent as they are, before the file. */
            fields: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            expires_at: string;
        };
        /**
         * Use
         * @description How much a student uses the tutor: numbers, and nothing of what was said.
         */
        Use: {
            quota: components["schemas"]["Quota"];
            /** @description Of the last 30 days, newest first; without those of none. */
            days: components["schemas"]["Day"][];
        };
        /**
         * User
         * @description A person of the school, as its staff sees them.
         */
        User: {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /** @description `student`, `teacher`, `parent` or `admin`. */
            role: string;
            /** @description `active`; `disabled`: cannot sign in; `deleted`: will be purged. */
            status: string;
            /** @description A name in one line. */
            name: string & unknown;
            /** @description Language of texts. */
            locale: string;
            /** @description Null for a student. */
            email: (string & unknown) | null;
            /** @description Whether the address was confirmed. */
            email_verified: boolean;
            /** @description A student's name for signing in. */
            username: (string & unknown) | null;
            birth_date: string | null;
            deletion_requested_at: string | null;
            /** @description 30 days later they are purged. */
            deletion_confirmed_at: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
        };
        /**
         * VerifyEmail
         * @description The token of the mail that asks to confirm an address.
         */
        VerifyEmail: {
            /** @description The token of a mail. */
            token: string;
        };
        /**
         * Version
         * @description The questions as they were after one edit.
         */
        Version: {
            /** @description Of the questions; 0 before there are any. */
            version: number;
            questions: components["schemas"]["Question"][];
            /** @description Null where Tiza made it. */
            made_by: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            created_at: string;
        };
        /**
         * WrongStep
         * @description The first wrong line of the student's steps.
         */
        WrongStep: {
            /** @description Which of `steps`, the first being 0. */
            step: number;
            line: string;
            /** @description What is right in its place. */
            expected: string;
        };
        /**
         * Announced
         * @description A worksheet that Tiza waits for.
         */
        "chalicelib.schemas.guides.Announced": {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * @description `waiting` for the upload; `refused`: see `reason`; `reading` its questions and `solving` them takes some seconds, or longer where it is `held`; `review`: staff look at it and publish it; `published`: students hand in; `closed`: they cannot any more.
             * @enum {unknown}
             */
            state: "closed" | "published" | "reading" | "refused" | "review" | "solving" | "waiting";
            /** @description Null once the file has arrived. */
            upload: components["schemas"]["UploadForm"] | null;
        };
        /**
         * Announced
         * @description A photo that Tiza waits for.
         */
        "chalicelib.schemas.photos.Announced": {
            /**
             * Format: uuid
             * @description A UUIDv7.
             */
            id: string;
            /**
             * @description `waiting` for the upload or its check; `checked`: it can be looked at; `refused`: see `reason`, and hand in another.
             * @enum {unknown}
             */
            status: "checked" | "refused" | "waiting";
            /** @description Null once the file has arrived and was looked at. */
            upload: components["schemas"]["UploadForm"] | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Health"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Readiness"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    openapi_document: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    docs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": (components["schemas"]["RegisterTeacher"] | components["schemas"]["RegisterStudent"] | components["schemas"]["RegisterParent"]) & (unknown | unknown | {
                    /** @enum {unknown} */
                    kind?: "student" | "parent";
                });
            };
        };
        responses: {
            /** @description Here it is. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Registered"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SignedIn"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refresh"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SignedIn"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refresh"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    verify_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyEmail"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    resend_verification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Address"];
            };
        };
        responses: {
            /** @description Here it is. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Sent"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    forgot_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Address"];
            };
        };
        responses: {
            /** @description Here it is. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Sent"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPassword"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Me"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    change_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeMe"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Me"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SignedIn"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    export_me: {
        parameters: {
            query: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description The table to read. */
                section: "alerts" | "assignment_exercises" | "assignment_students" | "assignments" | "attempt_skills" | "attempts" | "audit" | "consents" | "diagnoses" | "family_links" | "guide_pages" | "guide_submissions" | "guides" | "identities" | "mails" | "mastery" | "memberships" | "notifications" | "photos" | "practice" | "profile" | "reviews" | "sessions" | "telemetry" | "transcripts" | "tutor_days" | "tutor_messages" | "tutor_sessions";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Row"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    request_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Deletion"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    cancel_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_identities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Identity"][];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    link_identity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkIdentity"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Identity"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    unlink_identity: {
        parameters: {
            query: {
                /** @description The issuer's `iss`. */
                issuer: string;
                /** @description The account's `sub` there. */
                subject: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_schools: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["School"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    get_school: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the school. */
                school_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["School"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    change_school: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the school. */
                school_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeSchool"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["School"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    export_school: {
        parameters: {
            query: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description The table to read. */
                section: "alerts" | "assignment_exercises" | "assignment_students" | "assignments" | "attempt_skills" | "attempts" | "audit" | "classrooms" | "consents" | "costs" | "diagnoses" | "exercise_skills" | "exercises" | "family_links" | "guide_classrooms" | "guide_pages" | "guide_publications" | "guide_submissions" | "guide_versions" | "guides" | "identities" | "invites" | "mails" | "mastery" | "memberships" | "notifications" | "photos" | "practice" | "reviews" | "school" | "service_keys" | "switches" | "telemetry" | "transcripts" | "tutor_days" | "users";
            };
            header?: never;
            path: {
                /** @description The id of the school. */
                school_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Row"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    request_school_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the school. */
                school_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["School"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    cancel_school_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the school. */
                school_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_staff_invites: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id of the school. */
                school_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invite"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    invite_staff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the school. */
                school_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvite"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invite"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    revoke_staff_invite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the school. */
                school_id: string;
                /** @description The id of the invite. */
                invite_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_users: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description `student`, `teacher`, `parent` or `admin`. */
                role?: string;
                /** @description `active`; `disabled`: cannot sign in; `deleted`: will be purged. */
                status?: string;
                /** @description A UUIDv7. */
                classroom_id?: string;
                /** @description Part of the name, user name or address. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    create_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewStudent"] | components["schemas"]["NewTeacher"] | components["schemas"]["NewAdmin"] | components["schemas"]["NewParent"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    delete_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeUser"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    set_pin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPin"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    move_student: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveStudent"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Member"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    confirm_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Deletion"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    make_link_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLinkCode"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invite"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_family_links: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description A link counts once the school has confirmed it. */
                status?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Link"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    ask_family_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLink"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Link"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    confirm_family_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the link. */
                link_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Link"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    remove_family_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the link. */
                link_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Preference"][];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    set_preference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The kind. */
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPreference"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Preference"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    unsubscribe: {
        parameters: {
            query: {
                /** @description The token that stands in each mail of the subscription. */
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_child_summary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the student. */
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ChildSummary"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_child_consents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the student. */
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Consent"][];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    set_child_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the student. */
                student_id: string;
                /** @description The kind. */
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Consent"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_user_consents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Consent"][];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    record_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                user_id: string;
                /** @description The kind. */
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Consent"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_classrooms: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description The archived ones instead. */
                archived?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Classroom"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    create_classroom: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewClassroom"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Classroom"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_classroom: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Classroom"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    delete_classroom: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_classroom: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeClassroom"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Classroom"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    renew_classroom_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Classroom"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    join_classroom: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinClassroom"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Classroom"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_members: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description `teacher` or `student`. */
                role?: string;
            };
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Member"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    put_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
                /** @description The id of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetMember"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Member"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    remove_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
                /** @description The id of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_class_invites: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invite"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    create_class_invite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvite"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invite"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    revoke_class_invite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
                /** @description The id of the invite. */
                invite_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    import_roster: {
        parameters: {
            query?: {
                /** @description Only say what would be done. */
                dry_run?: boolean;
                /** @description Write nothing if any line is refused. */
                all_or_nothing?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Import"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ImportReport"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    export_roster_users: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    export_roster_classes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    export_roster_enrollments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    begin_school_year: {
        parameters: {
            query?: {
                /** @description Only say what would be done. */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchoolYear"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SchoolYearReport"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    set_class_pins: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Pins"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PinSheet"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_skills: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description A topic of the diagnosis engine. */
                topic?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Skill"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    create_skill: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSkill"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Skill"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_skill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the skill. */
                skill_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Skill"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    retire_skill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the skill. */
                skill_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_skill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the skill. */
                skill_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeSkill"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Skill"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    set_prerequisites: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the skill. */
                skill_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPrerequisites"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Skill"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_exercises: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description A UUIDv7. */
                skill_id?: string;
                /** @description A topic of the diagnosis engine. */
                topic?: string;
                /** @description On the scale of ability: at 0, an average student solves half. */
                min_difficulty?: number;
                /** @description On the scale of ability: at 0, an average student solves half. */
                max_difficulty?: number;
                /** @description The archived ones instead. */
                archived?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Exercise"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    create_exercise: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewExercise"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Exercise"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_exercise: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the exercise. */
                exercise_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Exercise"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    archive_exercise: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the exercise. */
                exercise_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_exercise: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the exercise. */
                exercise_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeExercise"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Exercise"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    generate_exercises: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateExercises"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["GeneratedExercises"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    wish_for_story: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the exercise. */
                exercise_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StoryWish"];
            };
        };
        responses: {
            /** @description Here it is. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Exercise"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    remove_story: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the exercise. */
                exercise_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_bugs: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description A topic of the diagnosis engine. */
                topic?: string;
                /** @description Only what holds each of these words in its id, name, explanation or definition; accents and case do not count. */
                q?: string;
                /** @description The retired ones instead. */
                retired?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Bug"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    get_bug: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The bug id. */
                bug_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Bug"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    change_bug: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The bug id. */
                bug_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeBug"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Bug"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    diagnose: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Diagnose"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Diagnosed"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_attempts: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description A UUIDv7. */
                student_id?: string;
                /** @description A UUIDv7. */
                skill_id?: string;
                /** @description A topic of the diagnosis engine. */
                topic?: string;
                /** @description `not_simplified` counts as right; `unreadable`, not in the grammar, is never wrong. */
                verdict?: "correct" | "incorrect" | "not_simplified" | "unreadable";
                /** @description RFC 3339, UTC. */
                updated_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AttemptSummary"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    submit_attempt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitAttempt"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Attempt"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_attempt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the attempt. */
                attempt_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Attempt"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_diagnoses: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id of the attempt. */
                attempt_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RecordedDiagnosis"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    override_diagnosis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the attempt. */
                attempt_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Override"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Attempt"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    report_diagnosis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the attempt. */
                attempt_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Report"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Review"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_reviews: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description `upheld`: staff find the diagnosis right. `corrected`: they have overridden it. */
                status?: "corrected" | "open" | "upheld";
                /** @description `reported`: the student says it is wrong. `unsure`: the machine that made it doubts it. */
                reason?: "reported" | "unsure";
                /** @description A UUIDv7. */
                classroom_id?: string;
                /** @description A UUIDv7. */
                student_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Review"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    uphold_diagnosis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the review. */
                review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Resolution"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Review"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_student_mastery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the student. */
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["StudentMastery"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_mastery_history: {
        parameters: {
            query?: {
                /** @description A UUIDv7. */
                skill_id?: string;
                /** @description RFC 3339, UTC. */
                since?: string;
                /** @description The most points of a skill; of more, such at even distances are given. */
                points?: number;
            };
            header?: never;
            path: {
                /** @description The id of the student. */
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MasteryHistory"];
                        meta: Record<string, never>;
                    };
                    "image/svg+xml": string;
                    "text/csv": string;
                };
            };
        };
    };
    get_heat_map: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["HeatMap"];
                        meta: Record<string, never>;
                    };
                    "image/svg+xml": string;
                    "text/csv": string;
                };
            };
        };
    };
    list_class_bugs: {
        parameters: {
            query?: {
                /** @description Answers of the last so many days. */
                days?: number;
            };
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ClassBugs"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_class_groups: {
        parameters: {
            query?: {
                /** @description Answers of the last so many days. */
                days?: number;
            };
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ClassGroups"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_class_attention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the classroom. */
                classroom_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Attention"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_assignments: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description A UUIDv7. */
                classroom_id?: string;
                /** @description A UUIDv7. */
                student_id?: string;
                /** @description `automatic`: made by Tiza for one student whose belief in the skill fell to `at_risk`. */
                kind?: "automatic" | "teacher";
                /** @description The closed ones instead. */
                closed?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Assignment"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    create_assignment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAssignment"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Assignment"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_assignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the assignment. */
                assignment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Assignment"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    delete_assignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the assignment. */
                assignment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_assignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the assignment. */
                assignment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeAssignment"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Assignment"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_assignment_progress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the assignment. */
                assignment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Progress"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_student_assignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the assignment. */
                assignment_id: string;
                /** @description The id of the student. */
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["StudentProgress"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    next_practice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NextPractice"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Practice"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_photos: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description A UUIDv7. */
                student_id?: string;
                /** @description `waiting` for the upload or its check; `checked`: it can be looked at; `refused`: see `reason`, and hand in another. */
                status?: "checked" | "refused" | "waiting";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PhotoSummary"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    announce_photo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPhoto"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["chalicelib.schemas.photos.Announced"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_photo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the photo. */
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Photo"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    delete_photo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the photo. */
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    say_photo_line: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the photo. */
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaidLine"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Attempt"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_tutor_sessions: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Session"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    begin_tutor_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSession"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Session"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_tutor_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the session. */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Session"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    delete_tutor_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the session. */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_tutor_messages: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id of the session. */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Message"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    ask_tutor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the session. */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMessage"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Answered"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_tutor_use: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the student. */
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Use"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_guides: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description A UUIDv7. */
                classroom_id?: string;
                /** @description `waiting` for the upload; `refused`: see `reason`; `reading` its questions and `solving` them takes some seconds, or longer where it is `held`; `review`: staff look at it and publish it; `published`: students hand in; `closed`: they cannot any more. */
                state?: "closed" | "published" | "reading" | "refused" | "review" | "solving" | "waiting";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["GuideSummary"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    announce_guide: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGuide"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["chalicelib.schemas.guides.Announced"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_guide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guide. */
                guide_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Guide"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    delete_guide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guide. */
                guide_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_guide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guide. */
                guide_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeGuide"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Guide"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    go_on_with_guide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guide. */
                guide_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GoOn"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Guide"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    edit_guide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guide. */
                guide_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewVersion"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Guide"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_guide_versions: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id of the guide. */
                guide_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Version"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    publish_guide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guide. */
                guide_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPublication"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Guide"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_guide_submissions: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description A UUIDv7. */
                student_id?: string;
                /** @description Only those that staff should look at. */
                to_review?: boolean;
            };
            header?: never;
            path: {
                /** @description The id of the guide. */
                guide_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SubmissionSummary"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    submit_guide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guide. */
                guide_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSubmission"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Submission"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_guide_submission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guide. */
                guide_id: string;
                /** @description The id of the submission. */
                submission_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Submission"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    mark_guide_submission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guide. */
                guide_id: string;
                /** @description The id of the submission. */
                submission_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMarks"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Submission"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_guide_results: {
        parameters: {
            query?: {
                /** @description A UUIDv7. */
                classroom_id?: string;
            };
            header?: never;
            path: {
                /** @description The id of the guide. */
                guide_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Results"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    get_student_guide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guide. */
                guide_id: string;
                /** @description The id of the student. */
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["OneResult"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    send_events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventBatch"];
            };
        };
        responses: {
            /** @description Here it is. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Accepted"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_alerts: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description A UUIDv7. */
                classroom_id?: string;
                /** @description `student_at_risk`: two or more skills below 0.4. `student_dropped`: fell two levels in a skill within 7 days. `student_inactive`: no attempt since the last three school days began. `unit_off_track`: the class's mean of a skill is below 0.3. `shared_bug`: several students of the class showed the same bug within 14 days. `guide_ready`, `guide_graded`: a worksheet waits for review, its grading is done. */
                type?: "guide_graded" | "guide_ready" | "shared_bug" | "student_at_risk" | "student_dropped" | "student_inactive" | "unit_off_track";
                severity?: "high" | "low" | "medium";
                /** @description `closed`: its cause is gone. `resolved`: staff have dealt with it. */
                status?: "closed" | "open" | "resolved";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Alert"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    get_alert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the alert. */
                alert_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Alert"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    resolve_alert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the alert. */
                alert_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Alert"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                /** @description A UUIDv7. */
                actor_id?: string;
                /** @description A UUIDv7. */
                subject_id?: string;
                /** @description What was done: a thing and a verb. Whoever read a record has `viewed` it. */
                action?: string & unknown;
                /** @description RFC 3339, UTC. */
                since?: string;
                /** @description RFC 3339, UTC. */
                until?: string;
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Entry"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    export_audit: {
        parameters: {
            query?: {
                /** @description A UUIDv7. */
                actor_id?: string;
                /** @description A UUIDv7. */
                subject_id?: string;
                /** @description What was done: a thing and a verb. Whoever read a record has `viewed` it. */
                action?: string & unknown;
                /** @description RFC 3339, UTC. */
                since?: string;
                /** @description RFC 3339, UTC. */
                until?: string;
                /** @description A UUIDv7. */
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    get_operations_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Status"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_dead_letters: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The queue. */
                queue: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeadLetter"][];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    redrive_dead_letters: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The queue. */
                queue: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Redrive"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Redriven"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    set_platform_switch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetSwitch"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Switch"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_fits: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
                /** @description A UUIDv7. */
                skill_id?: string;
                /** @description `bkt`: how a skill is learnt. `irt`: how difficult its exercises are, and how well they tell students apart. */
                kind?: "bkt" | "irt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Fit"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    get_school_costs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the school. */
                school_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Costs"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_school_switches: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the school. */
                school_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Switch"][];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    set_school_switch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the school. */
                school_id: string;
                /** @description The name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetSwitch"];
            };
        };
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Switch"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    list_service_keys: {
        parameters: {
            query?: {
                /** @description Items on a page. */
                limit?: number;
                /** @description `meta.next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Here it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ServiceKey"][];
                        meta: {
                            /** @description The `cursor` of the next page; null at the end. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
        };
    };
    create_service_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewServiceKey"];
            };
        };
        responses: {
            /** @description Here it is. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["IssuedServiceKey"];
                        meta: Record<string, never>;
                    };
                };
            };
        };
    };
    revoke_service_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the key. */
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
