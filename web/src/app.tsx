import { ErrorBoundary, lazy, LocationProvider, Route, Router, useLocation } from "preact-iso";
import type { ComponentType } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";

import { Layout } from "./ui/layout";
import "./sent-late"; // from the first moment on, or it misses what is sent then
import { useOwnLocale, useSession, type Role } from "./session";
import { firstLocale, LocaleContext, rememberLocale, type Locale } from "./texts";

type PageModule = () => Promise<{ default: ComponentType }>;

/** Pages that need nobody signed in. */
const open: Record<string, PageModule> = {
  "/sign-in": () => import("./pages/sign-in"),
  "/register": () => import("./pages/register"),
  "/forgot-password": () => import("./pages/forgot-password"),
  "/reset-password": () => import("./pages/choose-password"),
  "/set-password": () => import("./pages/choose-password"),
  "/verify-email": () => import("./pages/verify-email"),
  "/unsubscribe": () => import("./pages/unsubscribe"),
};

/** Where each role begins, and what it can open. */
const teaching: Record<string, PageModule> = {
  "/classes": () => import("./pages/teacher/classes"),
  "/classes/:id": () => import("./pages/teacher/classroom"),
  "/classes/:id/students/:studentId": () => import("./pages/teacher/student"),
  "/classes/:id/assign": () => import("./pages/teacher/assign"),
  "/assignments/:assignmentId": () => import("./pages/teacher/assignment"),
  "/alerts": () => import("./pages/teacher/alerts"),
  "/reviews": () => import("./pages/teacher/reviews"),
};
const pages: Partial<Record<Role, { home: string; pages: Record<string, PageModule> }>> = {
  student: {
    home: "/practice",
    pages: {
      "/practice": () => import("./pages/student/practice"),
      "/progress": () => import("./pages/student/progress"),
      "/assignments": () => import("./pages/student/assignments"),
      "/assignments/:assignmentId": () => import("./pages/student/assignment"),
      "/photos": () => import("./pages/student/photos"),
      "/tutor": () => import("./pages/student/tutor"),
      "/tutor/:sessionId": () => import("./pages/student/talk"),
    },
  },
  teacher: { home: "/classes", pages: teaching },
  admin: { home: "/classes", pages: { ...teaching, "/roster": () => import("./pages/teacher/roster") } },
  parent: {
    home: "/children",
    pages: {
      "/children": () => import("./pages/parent/children"),
      "/children/:id": () => import("./pages/parent/child"),
    },
  },
};

export function App() {
  const [locale, setLocale] = useState<Locale>(firstLocale);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const change = (chosen: Locale) => {
    rememberLocale(chosen);
    setLocale(chosen);
  };
  return (
    <LocaleContext.Provider value={{ locale, change }}>
      <LocationProvider>
        <Layout>
          <Routes key={locale} />{/* what the API says is read anew, too */}
        </Layout>
      </LocationProvider>
    </LocaleContext.Provider>
  );
}

function Routes() {
  useOwnLocale();
  const { user } = useSession();
  const { path, route } = useLocation();
  const mine = user && pages[user.role];
  const home = user ? (mine?.home ?? "/api-only") : "/sign-in";
  const isOpenToAll = path in open && !(user && (path === "/sign-in" || path === "/register"));
  const isForSignedIn = user !== null && path !== "/";

  useEffect(() => {
    if (!isOpenToAll && !isForSignedIn) route(home, true);
    else if (user && (path === "/sign-in" || path === "/register")) route(home, true);
  }, [isOpenToAll, isForSignedIn, home, path]);

  const shown = useMemo(
    () =>
      Object.entries({ ...open, ...mine?.pages }).map(([at, module]) => (
        <Route key={at} path={at} component={lazy(module)} />
      )),
    [mine],
  );
  if (!isOpenToAll && !isForSignedIn) return null;
  return (
    <ErrorBoundary>
      <Router>
        {shown}
        <Route default component={NotHere} />
      </Router>
    </ErrorBoundary>
  );
}

const NotHere = lazy(() => import("./pages/not-here"));
