-- Als beheerder van PostgreSQL (psql als gebruiker postgres), eenmalig. De rol van de dienst bezit de eigen database en
-- verder niets: geen SUPERUSER, geen BYPASSRLS. FORCE ROW LEVEL SECURITY geldt ook voor de eigenaar.
CREATE ROLE inspecties LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
CREATE DATABASE inspecties OWNER inspecties ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE inspecties FROM PUBLIC;
\connect inspecties
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO inspecties;
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
