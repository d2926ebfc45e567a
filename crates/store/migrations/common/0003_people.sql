-- Lists of people in every order, from their first page to the last.
CREATE INDEX users_by_employee_number ON users (company_id, coalesce(employee_number, ''), user_id);
CREATE INDEX users_by_hired_on ON users (company_id, coalesce(hired_on, '0001-01-01'), user_id);
CREATE INDEX users_by_last_login ON users (company_id, coalesce(last_login_at, '0001-01-01T00:00:00+00:00'), user_id);
CREATE INDEX companies_name ON companies (name, company_id);
