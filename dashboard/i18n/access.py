"""Words of the accounts: signing in and out, and what a role does not hold."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "login.title": ("登录", "Sign in"),
    "login.name": ("账号", "Account"),
    "login.password": ("密码", "Password"),
    "login.submit": ("登录", "Sign in"),
    "login.help": (
        "忘记密码，或还没有账号？请联系管理员。",
        "No account, or a forgotten password? Ask your administrator.",
    ),
    "login.refused": ("账号或密码不对，请再试一次。", "Account or password is wrong. Please try again."),
    "login.locked": (
        "尝试次数过多，请在 {minutes} 分钟后再试，或联系管理员重设密码。",
        "Too many tries. Try again in {minutes} min, or ask your administrator for a new password.",
    ),
    "login.expired": ("页面已过期，请再登录一次。", "This page had expired. Please sign in again."),
    "login.refusal": ("不能打开", "Not for this account"),
    "login.no_account": (
        "没有与您的登录名对应的账号，或账号已停用；请联系管理员。",
        "There is no account under the name you signed in with, or it is disabled. Ask your administrator.",
    ),
    "login.forbidden": (
        "您的账号没有打开这个页面的权限；需要时请向管理员申请。",
        "Your account may not open this page. Ask your administrator if you need it.",
    ),
    "login.back": ("回到总览", "Back to the overview"),
    "account.log_out": ("退出", "Sign out"),
    "role.viewer": ("查看", "Viewer"),
    "role.analyst": ("分析", "Analyst"),
    "role.steward": ("核定", "Steward"),
    "role.admin": ("管理", "Administrator"),
}
