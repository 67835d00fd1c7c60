"""The guards of the log-in and of those who ask too often."""

from tests.mutants.guard import Guard

ENTERING = "actionplan/accounts/entering"
ENTERING_TESTS = "tests/actionplan/accounts/entering"

LOG_IN = (
    Guard(
        "who needs two factors and has shown one comes no further",
        f"{ENTERING}/second_factor.py",
        "        if is_enough or request.path.startswith(OPEN):",
        "        if True:",
        (f"{ENTERING_TESTS}/test_second_factor.py",),
    ),
    Guard(
        "an old log-in is confirmed before somebody approves",
        f"{ENTERING}/proof.py",
        '        if request.method == "POST" and not is_fresh(request):',
        "        if False:",
        (f"{ENTERING_TESTS}/test_proof.py",),
    ),
    Guard(
        "the only second step stays while it is needed",
        f"{ENTERING}/factors.py",
        "        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())",
        "        return True",
        (f"{ENTERING_TESTS}/test_second_factor.py",),
    ),
    Guard(
        "strangers who guess are counted together",
        f"{ENTERING}/throttling.py",
        '    return f"{person.pk}:{mark_of_browser(request, person.pk)}"',
        "    return f\"{person.pk}:{request.META.get('REMOTE_ADDR')}\"",
        (f"{ENTERING_TESTS}/test_throttling.py",),
    ),
    Guard(
        "whoever asks for a file is counted",
        "actionplan/throttling/bounded.py",
        "            return refused or view(request, *args, **kwargs)",
        "            return view(request, *args, **kwargs)",
        ("tests/actionplan/throttling/test_bounded.py",),
    ),
    Guard(
        "what a visitor says of their own address is not believed",
        "actionplan/throttling/visitors.py",
        "    address = addresses[max(-len(addresses), -1 - settings.TRUSTED_PROXIES)]",
        "    address = addresses[0]",
        ("tests/actionplan/throttling/test_bounded.py",),
    ),
    Guard(
        "an address that the region has not verified is nobody's",
        f"{ENTERING}/openid_connect.py",
        "in sociallogin.email_addresses if address.verified)",
        "in sociallogin.email_addresses)",
        (f"{ENTERING_TESTS}/test_openid_connect.py",),
    ),
    Guard(
        "who has no role is not let in by another way",
        f"{ENTERING}/adapter.py",
        "        if user.is_staff:",
        "        if True:",
        (f"{ENTERING_TESTS}/test_openid_connect.py",),
    ),
    Guard(
        "a second step is removed by whoever looks after the person alone",
        "actionplan/accounts/people/admin.py",
        "        if not permissions.may_manage_wholly(request.user, person):",
        "        if False:",
        (f"{ENTERING_TESTS}/test_proof.py",),
    ),
    Guard(
        "a session ends some hours after its log-in",
        "actionplan/accounts/sessions.py",
        " <= settings.SESSION_LONGEST_AGE:",
        " >= 0:",
        (f"{ENTERING_TESTS}/test_proof.py",),
    ),
    Guard(
        "who has a password alone shows their mail before the first second step",
        f"{ENTERING}/own_log_in.py",
        "        if address_proof.is_needed(request):",
        "        if False:",
        ("tests/actionplan/accounts/test_address_proof.py",),
    ),
    Guard(
        "the mailed proof is for one person and one address",
        "actionplan/accounts/address_proof.py",
        "    if signed != [person.pk, _mark(person.email)]:",
        "    if False:",
        ("tests/actionplan/accounts/test_address_proof.py",),
    ),
    Guard(
        "nobody invites further than they reach",
        "actionplan/accounts/people/invitations.py",
        "        if not permissions.may_manage_invitation(by, invitation):",
        "        if False:",
        ("tests/actionplan/accounts/test_invitations.py",),
    ),
    Guard(
        "a link ends when whoever invited has left",
        "actionplan/accounts/people/invitations.py",
        "    return permissions.may_manage_invitation(invitation.invited_by, invitation)",
        "    return True",
        ("tests/actionplan/accounts/test_invitations.py",),
    ),
    Guard(
        "a role that reaches everywhere is not a region's to give",
        "actionplan/permissions.py",
        "    return [role for role in Role if may and role not in EVERYWHERE]",
        "    return [role for role in Role if may]",
        ("tests/project/back_office/test_forged_people.py",),
    ),
    Guard(
        "who has a role that reaches everywhere is not a region's to change",
        "actionplan/permissions.py",
        "    return is_of_one_region and not has_wide_role",
        "    return is_of_one_region",
        ("tests/project/back_office/test_forged_people.py",),
    ),
    Guard(
        "a former address hears what is done to the log-in",
        f"{ENTERING}/notices.py",
        "    return [*dict.fromkeys(filter(None, (person.email, *former)))]",
        "    return [person.email]",
        ("tests/actionplan/accounts/test_people.py",),
    ),
    Guard(
        "who reads no drafts any longer gets no mail about them",
        "requirements_pkg/actions/reviewing/notices.py",
        "        if plan_permissions.may_read(person)",
        "        if True",
        ("tests/requirements_pkg/actions/test_comments.py",),
    ),
)
