/* parley/parley.h: the whole public interface. */
#ifndef PARLEY_PARLEY_H
#define PARLEY_PARLEY_H

#include <parley/audience.h>
#include <parley/base.h>
#include <parley/blocs.h>
#include <parley/bridges.h>
#include <parley/candidates.h>
#include <parley/case.h>
#include <parley/deal.h>
#include <parley/desk.h>
#include <parley/evidence.h>
#include <parley/exports.h>
#include <parley/formats.h>
#include <parley/formula.h>
#include <parley/home.h>
#include <parley/ideas.h>
#include <parley/intake.h>
#include <parley/logline.h>
#include <parley/moves.h>
#include <parley/numbers.h>
#include <parley/query.h>
#include <parley/recheck.h>
#include <parley/records.h>
#include <parley/report.h>
#include <parley/ripeness.h>
#include <parley/screens.h>
#include <parley/soundings.h>
#include <parley/store.h>
#include <parley/tree.h>
#include <parley/values.h>
#include <parley/words.h>
#include <parley/worktext.h>

#endif
