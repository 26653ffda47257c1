from audit_app.people.access import Role
def test_smoke(page, signed_in_as):
    print(page.get("/sign-in").status_code if hasattr(page.get("/sign-in"),'status_code') else page)
    page.get("/accessibility"); page.get("/privacy")
    me = signed_in_as(Role.admin)
    me.get("/your-account")
