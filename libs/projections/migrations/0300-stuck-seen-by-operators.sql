-- Whoever follows the whole log may see which rows of read models could not follow it: operators sign in as a service.
grant select on rm.stuck to recoup_follow;
